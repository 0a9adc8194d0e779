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
