import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { settings } from "../../../provider/settings/settings";
import { generatedParts } from "../../docs/documents";
import { filesBelow, otherTextsIn, pagesIn, withFreshParts } from "../../docs/pages";
import { CHART, performanceChart } from "../../docs/performance";
import { PICTURE, reviewPicture } from "../../docs/review";

const root = join(__dirname, "../../..");
const pages = pagesIn(root);
const docs = pages.filter((page) => page.startsWith("docs/"));
const textOf = (document: string) => readFileSync(join(root, document), "utf8");

describe("the generated parts", async () => {
  const parts = await generatedParts(root);

  it.each(pages)("of %s say what the code says", (page) => {
    const text = textOf(page);
    expect(withFreshParts(text, parts), 'run "npm run docs"').toBe(text);
  });

  it("and the picture of a review say the same", async () => {
    expect(textOf(PICTURE), 'run "npm run docs"').toBe(await reviewPicture());
  });

  it("and the chart of the benchmark say the same", () => {
    expect(textOf(CHART), 'run "npm run docs"').toBe(performanceChart());
  });

  it("all stand in a page", () => {
    const all = pages.map(textOf).join("\n");
    for (const name of Object.keys(parts)) expect(all).toContain(`<!-- ${name}:start -->`);
  });
});

describe("the README", () => {
  it("fits on one page: 8,192 bytes", () => {
    expect(statSync(join(root, "README.md")).size).toBeLessThanOrEqual(8_192);
  });
});

describe("the links", () => {
  it.each([...pages, ...otherTextsIn(root)])("of %s lead to files and headings that exist", (document) => {
    for (const { target, path, heading } of linksOf(document)) {
      expect(existsSync(join(root, path)), target).toBe(true);
      if (heading !== undefined) expect(anchorsOf(path), target).toContain(heading);
    }
  });

  it("of what is published lead to what is published", () => {
    const { files } = JSON.parse(textOf("package.json")) as { files: string[] };
    const isPublished = (path: string) => files.some((one) => path === one || path.startsWith(`${one}/`));
    for (const document of pages) {
      for (const { target, path } of linksOf(document)) {
        const isThere = path === "README.md" || isPublished(path) || !isPublished(document);
        expect(isThere, `${document}: ${target}`).toBe(true);
      }
    }
  });

  it("into the repository lead to the place that package.json names, and to files that exist", () => {
    const { repository } = JSON.parse(textOf("package.json")) as { repository: { url: string } };
    const home = repository.url.replace(/^git\+|\.git$/g, "");
    const written = [...pages, ...filesBelow(root, ".github").filter((path) => /\.(?:md|ya?ml)$/.test(path))];
    for (const path of written) {
      for (const [url] of textOf(path).matchAll(/https:\/\/github\.com\/pulumi-cake\/[^\s)"'`>]*/g)) {
        expect(`${url}/`, path).toMatch(new RegExp(`^${home}(?:\\.git)?/`));
        const [, file] = /\/(?:blob|tree)\/main\/([^#]+)/.exec(url) ?? [];
        if (file !== undefined) expect(existsSync(join(root, file)), `${path}: ${url}`).toBe(true);
      }
    }
  });

  it("lead from docs/README.md to every page of the docs", () => {
    const reached = new Set(["docs/README.md"]);
    for (const page of reached) {
      const targets = linksOf(page).map(({ path }) => path);
      for (const path of targets) if (path.startsWith("docs/") && path.endsWith(".md")) reached.add(path);
    }
    expect([...reached].sort()).toEqual(docs);
  });
});

describe("the docs", () => {
  it("name only tests that exist", () => {
    const tests = filesBelow(root, "test");
    for (const document of docs) {
      for (const [name] of textOf(document).matchAll(/\b[\w/]+\.test\.ts\b/g)) {
        const exists = tests.some((path) => path === name || path.endsWith(`/${name}`));
        expect(exists, `${document}: ${name}`).toBe(true);
      }
      for (const [, name = ""] of textOf(document).matchAll(/`(test\/[\w/]+)`/g)) {
        expect(existsSync(join(root, name)), `${document}: ${name}`).toBe(true);
      }
    }
  });

  it("explain every check of the doctor's report", () => {
    const page = textOf("docs/doctor.md");
    const report = page.match(/<!-- doctorReport:start -->[\s\S]*<!-- doctorReport:end -->/)?.[0] ?? "";
    const titles = [...report.matchAll(/^ {2}(?:ok|warning|problem|unknown) +(\S+(?: \S+)*)/gm)].map(
      ([, title]) => title,
    );
    const explained = [...page.matchAll(/^\| ([A-Z][^|]*) \|/gm)].flatMap(([, cell = ""]) =>
      cell.split(", "),
    );
    expect(titles.length).toBeGreaterThan(9);
    expect(titles.filter((title) => !explained.some((one) => one === title))).toEqual([]);
  });

  it.each(["README.md", "docs/reliability.md"])("name the limits that hold by default: %s", (document) => {
    const { maxDeactivations, maxChanges } = settings;
    const limits = `${maxDeactivations.default} deactivations or ${maxChanges.default} changes`;
    expect(textOf(document)).toContain(limits);
  });

  it("have one glossary, which the starter project brings along", () => {
    expect(textOf("examples/starter/GLOSSARY.md")).toBe(textOf("docs/glossary.md"));
  });
});

interface Link {
  readonly target: string;
  /** The file that it leads to, from the root of the project. */
  readonly path: string;
  readonly heading: string | undefined;
}

/** The Markdown links of a document that stay within the project. */
function linksOf(document: string): Link[] {
  const links = textOf(document).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
  return [...links].map(([target, file = "", heading]) => ({
    target,
    path: file === "" ? document : join(dirname(document), file).replaceAll("\\", "/"),
    heading,
  }));
}

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(document: string): string[] {
  const withoutCode = textOf(document).replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, "");
  return [...withoutCode.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
