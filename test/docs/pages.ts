/** The Markdown pages of the project, and the generated parts between `<!-- name:start -->` and `<!-- name:end -->`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

const PART = /<!-- (?<name>\w+):start -->[\s\S]*?<!-- \k<name>:end -->/g;

/** Every page, by its path from the root of the project. */
export function pagesIn(root: string): string[] {
  const below = (directory: string) => filesBelow(root, directory).filter((path) => path.endsWith(".md"));
  return ["README.md", ...below("docs"), ...below("examples")];
}

/** Texts for people who work on the project: no page of the docs, and written as carefully. */
export function otherTextsIn(root: string): string[] {
  return filesBelow(root, ".github").filter((path) => /(?:^|\/)[A-Z_]+\.md$/.test(path));
}

/** The files below a directory, by their paths from the root of the project. */
export function filesBelow(root: string, directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("node_modules"))
    .map((path) => `${directory}/${path.replaceAll("\\", "/")}`)
    .sort();
}

/** The page with every part made anew. */
export function withFreshParts(page: string, parts: Readonly<Record<string, string>>): string {
  return page.replace(PART, (_block, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`No part is called "${name}", and the page has its markers.`);
    return `<!-- ${name}:start -->\n${part}\n<!-- ${name}:end -->`;
  });
}

export function withoutParts(page: string): string {
  return page.replace(PART, "");
}
