// Markup inside a line: what crates/domain/src/prose/inline.rs says, in the browser. The cases of test/cases.json hold
// both to the same answers.

// White space as Unicode and Rust have it; a browser's \s differs in two characters.
const WHITE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const WHITE_ONE = new RegExp(`^[${WHITE}]$`);
const ENDS = new RegExp(`^[${WHITE}]+|[${WHITE}]+$`, "g");

const PLAIN = Object.freeze({ bold: false, italic: false, underline: false, script: "" });
const TAGS = { b: ["bold", true], i: ["italic", true], u: ["underline", true], sup: ["script", "sup"], sub: ["script", "sub"] };
const ESCAPABLE = "*<|\\-";

export const isWhite = (letter) => WHITE_ONE.test(letter);
export const trim = (text) => text.replace(ENDS, "");

const isDigit = (letter) => letter !== undefined && /^[0-9]$/.test(letter);
const sameLook = (one, other) =>
  one.bold === other.bold && one.italic === other.italic && one.underline === other.underline && one.script === other.script;

function push(runs, look, letter) {
  const last = runs.at(-1);
  if (last && sameLook(last, look)) last.text += letter;
  else runs.push({ ...look, text: letter });
}

// Four stars and more, and stars inside a number (2*3), are text.
function stars(count, before, after, tokens) {
  const touches = (letter) => letter !== undefined && !isWhite(letter);
  const edges = { opens: touches(after), closes: touches(before) };
  if (count > 3 || (isDigit(before) && isDigit(after))) {
    for (let at = 0; at < count; at += 1) tokens.push({ text: "*" });
    return;
  }
  if (count >= 2) tokens.push({ stars: "bold", ...edges });
  if (count % 2 === 1) tokens.push({ stars: "italic", ...edges });
}

function tokensOf(line) {
  const letters = Array.from(line);
  const tokens = [];
  let before;
  for (let at = 0; at < letters.length;) {
    const letter = letters[at];
    let taken = 1;
    if (letter === "\\") {
      const next = letters[at + 1];
      const escapes = next !== undefined && ESCAPABLE.includes(next);
      if (escapes) taken = 2;
      tokens.push({ text: escapes ? next : "\\" });
    } else if (letter === "*") {
      while (letters[at + taken] === "*") taken += 1;
      stars(taken, before, letters[at + taken], tokens);
    } else if (letter === "<") {
      const rest = letters.slice(at, at + 6).join("");
      const tag = /^<(?:(br)|(\/?)(b|i|u|sup|sub))>/.exec(rest);
      if (tag) taken = tag[0].length;
      if (!tag) tokens.push({ text: "<" });
      else if (tag[1]) tokens.push({ text: "\n" });
      else tokens.push({ tag: TAGS[tag[3]], on: !tag[2] });
    } else {
      tokens.push({ text: letter });
    }
    before = letters[at + taken - 1];
    at += taken;
  }
  return tokens;
}

// Which stars switch the emphasis: each that opens has one after it that closes.
function switches(tokens, emphasis) {
  const found = new Set();
  let opened = null;
  tokens.forEach((token, at) => {
    if (token.stars !== emphasis) return;
    if (opened !== null && token.closes) {
      found.add(opened).add(at);
      opened = null;
    } else if (opened === null && token.opens) {
      opened = at;
    }
  });
  return found;
}

// The runs of one line, in normal form.
export function runsOf(line) {
  const tokens = tokensOf(line);
  const switching = { bold: switches(tokens, "bold"), italic: switches(tokens, "italic") };
  let look = PLAIN;
  const runs = [];
  tokens.forEach((token, at) => {
    if (token.text !== undefined) {
      push(runs, look, token.text);
    } else if (token.tag) {
      const [name, value] = token.tag;
      look = { ...look, [name]: token.on ? value : PLAIN[name] };
    } else if (switching[token.stars].has(at)) {
      look = { ...look, [token.stars]: !look[token.stars] };
    } else {
      push(runs, look, token.stars === "bold" ? "**" : "*");
    }
  });
  return normal(runs);
}

// What two looks have in common: the look of a blank between them.
const common = (one, other) => ({
  bold: one.bold && other.bold,
  italic: one.italic && other.italic,
  underline: one.underline && other.underline,
  script: one.script === other.script ? one.script : "",
});

const lookOf = ({ bold, italic, underline, script }) => ({ bold, italic, underline, script });

// Runs in normal form: no blanks at the ends or at the edge of an emphasis, no two neighbours alike, none empty.
export function normal(given) {
  const letters = given.flatMap((run) => Array.from(run.text, (letter) => [letter, lookOf(run)]));
  const words = letters.flatMap(([letter], at) => (isWhite(letter) ? [] : [at]));
  const runs = [];
  let at = words[0];
  let before = words.length ? letters[at][1] : PLAIN;
  for (const word of words) {
    const between = common(before, letters[word][1]);
    for (; at < word; at += 1) push(runs, between, letters[at][0]);
    before = letters[word][1];
    push(runs, before, letters[word][0]);
    at = word + 1;
  }
  return runs;
}

// Whether stars would stand inside a number, so that tags must mark the emphasis.
function partsANumber(runs, emphasis) {
  return runs.some((run, at) => {
    const next = runs[at + 1];
    return next && run[emphasis] !== next[emphasis] && isDigit(run.text.at(-1)) && isDigit(next.text[0]);
  });
}

// The marks between two looks: what ends, then what begins, so that stars of both kinds stand together.
function change(old, look, byTag) {
  let text = "";
  if (old.script !== look.script && old.script) text += `</${old.script}>`;
  if (old.underline && !look.underline) text += "</u>";
  for (const [emphasis, star, tag] of [["bold", "**", "b"], ["italic", "*", "i"]]) {
    if (old[emphasis] !== look[emphasis]) text += byTag[emphasis] ? `<${look[emphasis] ? "" : "/"}${tag}>` : star;
  }
  if (look.underline && !old.underline) text += "<u>";
  if (old.script !== look.script && look.script) text += `<${look.script}>`;
  return text;
}

function escape(words) {
  const letters = Array.from(words);
  return letters.map((letter, at) => {
    const next = letters[at + 1];
    if (letter === "\n") return "<br>";
    if (letter === "*") return "\\*";
    if (letter === "\\" && (next === undefined || next === "\n" || ESCAPABLE.includes(next))) return "\\\\";
    if (letter === "<" && (next === undefined || /^[A-Za-z/]$/.test(next))) return "\\<";
    return letter;
  }).join("");
}

// The markup of runs; `runsOf` gives them back in normal form.
export function writeRuns(given) {
  const runs = normal(given);
  const byTag = { bold: partsANumber(runs, "bold"), italic: partsANumber(runs, "italic") };
  let text = "";
  let look = PLAIN;
  for (const run of runs) {
    text += change(look, run, byTag) + escape(run.text);
    look = lookOf(run);
  }
  return text + change(look, PLAIN, byTag);
}
