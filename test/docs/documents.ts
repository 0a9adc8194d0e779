/** The documents that hold generated tables, from the root of the project. */
export const DOCUMENTS = ["README.md"] as const;

/** The document with every table between its markers `<!-- name:start -->` and `<!-- name:end -->` made anew. */
export function withFreshTables(document: string, tables: Readonly<Record<string, string>>): string {
  return document.replace(
    /<!-- (?<name>\w+):start -->[\s\S]*?<!-- \k<name>:end -->/g,
    (_block, name: string) => {
      const table = tables[name];
      if (table === undefined)
        throw new Error(`No table is called "${name}", and the document has its markers.`);
      return `<!-- ${name}:start -->\n${table}\n<!-- ${name}:end -->`;
    },
  );
}
