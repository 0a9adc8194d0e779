import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { sentencesIn, unwantedWords, wordsIn } from "../../docs/words";

const root = join(__dirname, "../../..");
const markdown = new MarkdownIt({ html: true });
const pages = ["README.md", ...pagesIn("docs"), ...pagesIn("examples")];

describe("the prose of a page", () => {
  it.each(pages)("has sentences of at most 25 words: %s", (page) => {
    const sentences = proseOf(page).flatMap(sentencesIn);
    expect(sentences.filter((sentence) => wordsIn(sentence) > 25)).toEqual([]);
  });

  it.each(pages)("uses the words of the project: %s", (page) => {
    expect(proseOf(page).flatMap(unwantedWords)).toEqual([]);
  });
});

function pagesIn(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((path) => path.endsWith(".md") && !path.includes("node_modules"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`);
}

/** The paragraphs, headings, items and cells of a page, without code and without what is generated. */
function proseOf(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  const written = text.replace(/<!-- (\w+):start -->[\s\S]*?<!-- \1:end -->/g, "");
  return markdown
    .parse(written, {})
    .filter(({ type }) => type === "inline")
    .map(({ children }) => (children ?? []).map(textOf).join(""));
}

// Code counts as one word, whatever is in it.
function textOf({ type, content }: { type: string; content: string }): string {
  if (type === "code_inline") return "code";
  return type === "softbreak" ? " " : content;
}
