// The browser's markup says what crates/domain/src/prose says: the cases and their answers are written by its test.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { docOf, textOf } from "../src/convert.js";
import { parse, write } from "../src/markup.js";
import { nextMark } from "../src/lists.js";
import { placeOfNumber } from "../src/passages.js";
import { withRoom } from "../src/room.js";

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));

test("every text is read and written as the server does", () => {
  assert.ok(cases.length > 40);
  for (const { text, blocks, written } of cases) {
    assert.deepEqual(parse(text), blocks, text);
    assert.equal(write(blocks), written, text);
  }
});

test("the editor's document gives back what it was made from", () => {
  for (const { text, written } of cases) assert.equal(textOf(docOf(text)), written, text);
});

test("a number bound to a figure stays what it was", () => {
  const text = "Hỗ trợ **{{NH01, 2021}}** nhà và {{NH02, cả kỳ}} hộ, {{không phải}} {{không, phải}}.";
  assert.equal(textOf(docOf(text)), text);
});

test("the next item of a list has the next mark", () => {
  const next = { "-": "-", "+": "+", "1.": "2.", "9)": "10)", "a)": "b)", "d)": "đ)", "D.": "Đ.", "y)": "y)" };
  for (const [mark, follows] of Object.entries(next)) assert.equal(nextMark(mark), follows);
});

test("there is room to write around and between tables", () => {
  const text = "| a |\n| --- |\n| b |\n| c |\n| --- |\n<br>\n| d |";
  const doc = withRoom(docOf(text));
  const kinds = Array.from({ length: doc.childCount }, (_, at) => doc.child(at).type.name);
  assert.deepEqual(kinds, ["paragraph", "table", "paragraph", "table", "paragraph", "table", "paragraph"]);
  assert.equal(textOf(doc), text);
});

test("a passage is found by the number of its line", () => {
  const doc = withRoom(docOf("một\n\nhai\n| a |\n| --- |\n| b |\nba"));
  const found = [1, 2, 3, 5, 6].map((number) => placeOfNumber(doc, number).node.textContent);
  assert.deepEqual(found, ["một", "hai", "ab", "ab", "ba"]);
  assert.equal(placeOfNumber(doc, 7), null);
});
