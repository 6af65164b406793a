// Bundles the editor into the file that is named: `node bundle.mjs FILE`. The licences of what is in it stand at its head.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { outputFiles, metafile } = await build({
  entryPoints: [here("src/main.js")],
  absWorkingDir: here("."),
  write: false,
  metafile: true,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
});

const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/([^/]+)\//.exec(path)?.[1] ?? []));
const holders = new Map();
for (const name of packages) {
  const licence = readFileSync(here(`node_modules/${name}/LICENSE`), "utf8").trim();
  const [copyright, ...terms] = licence.split("\n\n");
  const text = terms.join("\n\n");
  holders.set(text, [...(holders.get(text) ?? []), `${name}: ${copyright}`]);
}
const banner = [...holders].map(([terms, names]) => `${names.join("\n")}\n\n${terms}`).join("\n\n");
writeFileSync(process.argv[2], `/*!\n${banner}\n*/\n${outputFiles[0].text}`);
