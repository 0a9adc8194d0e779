import { captures } from "./captures";
import { liveParts } from "./live";
import { reviewParts } from "./review";
import { ruleParts } from "./rules";
import { tables } from "./tables";

/** The documents that hold generated parts, from the root of the project. */
export const DOCUMENTS = [
  "README.md",
  "docs/adopting.md",
  "docs/auditing.md",
  "docs/doctor.md",
  "docs/review.md",
  "docs/rules.md",
] as const;

/** Every generated part of the docs, by the name that its markers carry. */
export async function generatedParts(root: string): Promise<Record<string, string>> {
  return {
    ...tables(root),
    ...ruleParts(),
    ...(await captures()),
    ...(await reviewParts()),
    ...(await liveParts()),
  };
}

/** The document with every part between its markers `<!-- name:start -->` and `<!-- name:end -->` made anew. */
export function withFreshParts(document: string, parts: Readonly<Record<string, string>>): string {
  return document.replace(
    /<!-- (?<name>\w+):start -->[\s\S]*?<!-- \k<name>:end -->/g,
    (_block, name: string) => {
      const part = parts[name];
      if (part === undefined)
        throw new Error(`No part is called "${name}", and the document has its markers.`);
      return `<!-- ${name}:start -->\n${part}\n<!-- ${name}:end -->`;
    },
  );
}
