import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DOCUMENTS, generatedParts } from "../../docs/documents";
import { withFreshParts } from "../../docs/markers";
import { CHART, performanceChart } from "../../docs/performance";
import { PICTURE, reviewPicture } from "../../docs/review";

const root = join(__dirname, "../../..");
const textOf = (document: string) => readFileSync(join(root, document), "utf8");

describe("the generated parts", () => {
  it.each(DOCUMENTS)("of %s say what the code says", async (document) => {
    const text = textOf(document);
    expect(withFreshParts(text, await generatedParts(root)), 'run "npm run docs"').toBe(text);
  });

  it("and the picture of a review say the same", async () => {
    expect(textOf(PICTURE), 'run "npm run docs"').toBe(await reviewPicture());
  });

  it("and the chart of the benchmark say the same", () => {
    expect(textOf(CHART), 'run "npm run docs"').toBe(performanceChart());
  });

  it("all stand in a document", async () => {
    const all = DOCUMENTS.map(textOf).join("\n");
    for (const name of Object.keys(await generatedParts(root))) {
      expect(all).toContain(`<!-- ${name}:start -->`);
    }
  });
});

describe("the links", () => {
  const documents = ["README.md", ...markdownIn("docs"), "examples/github-actions/README.md"];

  it.each(documents)("of %s lead to files that are there", (document) => {
    for (const target of relativeLinks(textOf(document))) {
      expect(existsSync(join(root, dirname(document), target)), target).toBe(true);
    }
  });

  it("of what is published lead to what is published", () => {
    const { files } = JSON.parse(textOf("package.json")) as { files: string[] };
    const isPublished = (path: string) => files.some((one) => path === one || path.startsWith(`${one}/`));
    for (const document of documents) {
      if (document !== "README.md" && !isPublished(document)) continue;
      for (const target of relativeLinks(textOf(document))) {
        const path = join(dirname(document), target);
        expect(path === "README.md" || isPublished(path), `${document}: ${target}`).toBe(true);
      }
    }
  });
});

function markdownIn(folder: string): string[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith(".md"));
  return files.map((file) => `${folder}/${file}`);
}

/** The targets of Markdown links within the project, without what stands behind a `#`. */
function relativeLinks(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? "");
}
