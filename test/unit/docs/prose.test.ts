import { readFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { filesBelow, otherTextsIn, pagesIn } from "../../docs/pages";
import { sentencesIn, unwantedWords, wordsIn } from "../../docs/words";

const root = join(__dirname, "../../..");
const markdown = new MarkdownIt({ html: true });
const pages = [...pagesIn(root), ...otherTextsIn(root)];
/** Texts that a user reads in a terminal, a report, a schema or a table of the docs. Their comments follow the same rules. */
const TEXTS =
  /\/(?:messages|help|options|report|conditions)\.ts$|^provider\/(?:settings|policy|postback\/rules)\//;

describe("the prose of a page", () => {
  it.each(pages)("has sentences of at most 25 words: %s", (page) => {
    const sentences = proseOf(page).flatMap(sentencesIn);
    expect(sentences.filter((sentence) => wordsIn(sentence) > 25)).toEqual([]);
  });

  it.each(pages)("uses the words of the project: %s", (page) => {
    expect(proseOf(page).flatMap(unwantedWords)).toEqual([]);
  });
});

describe("a file of texts for people", () => {
  it.each(filesBelow(root, "provider").filter((path) => path.endsWith(".ts") && TEXTS.test(path)))(
    "uses the words of the project: %s",
    (path) => {
      expect(unwantedWords(readFileSync(join(root, path), "utf8"))).toEqual([]);
    },
  );
});

/** The paragraphs, headings, items and cells of a page, those that are generated, too. Reports of samples are code. */
function proseOf(page: string): string[] {
  return markdown
    .parse(readFileSync(join(root, page), "utf8"), {})
    .filter(({ type }) => type === "inline")
    .map(({ children }) => (children ?? []).map(textOf).join(""));
}

// Code counts as one word, whatever is in it.
function textOf({ type, content }: { type: string; content: string }): string {
  if (type === "code_inline") return "code";
  return type === "softbreak" ? " " : content;
}
