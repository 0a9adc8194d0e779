import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { otherTextsIn } from "../../docs/pages";
import { ROOT, textOf } from "./workflows";

const GUIDE = ".github/CONTRIBUTING.md";
// A changelog names what is gone, too.
const PAGES = otherTextsIn(ROOT).filter((path) => path.startsWith("."));
/** Files and names that the reader makes. */
const MADE = /my(?:tracker|Rule)/i;

/** What a page has in code. */
function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}

describe("a page for contributors", () => {
  const { scripts } = JSON.parse(textOf("package.json")) as { scripts: object };

  it.each(PAGES)("names only files and directories that there are: %s", (page) => {
    const paths = codeIn(textOf(page)).filter((code) =>
      /^(?:provider|test|docs|examples|\.github)\/[\w./-]*$/.test(code),
    );
    const missing = paths.filter((path) => !MADE.test(path) && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  it.each(PAGES)("names only npm scripts that there are: %s", (page) => {
    for (const [, script] of textOf(page).matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
  });
});

describe("the steps to add something", () => {
  const text = textOf(GUIDE);
  const tests = readdirSync(join(ROOT, "test/unit"), { recursive: true, encoding: "utf8" })
    .map((path) => `test/unit/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".test.ts"));

  it("are there for a tracker, a rule and a setting", () => {
    const headings = [...text.matchAll(/^## (Add .*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Add a tracker", "Add a rule", "Add a setting"]);
  });

  it("run tests that there are", () => {
    const words = [...text.matchAll(/`npm run unit -- ([\w/ ]+)`/g)].flatMap(([, all = ""]) =>
      all.split(" "),
    );
    expect(words.length).toBeGreaterThan(4);
    for (const word of words)
      expect(
        tests.some((path) => path.includes(word)),
        word,
      ).toBe(true);
  });

  const items = text.split(/\n(?= *(?:\d\.|-) )/).filter((item) => /\.\w+\)/.test(item));
  it.each(items)("name what is in the files that they link: %s", (item) => {
    const linked = [...item.matchAll(/\]\(([^)#]+)/g)].map(([, path = ""]) => join(dirname(GUIDE), path));
    const contents = linked.filter((path) => /\.\w+$/.test(path)).map(textOf);
    const names = codeIn(item.replace(/\n\n[\s\S]*/, "")).filter((code) => /^[a-z]\w*$/i.test(code));
    for (const name of names.filter((one) => !MADE.test(one)))
      expect(
        contents.some((content) => content.includes(name)),
        name,
      ).toBe(true);
  });
});
