import type { Need } from "./url";

/** What a file imports from where, by what its code needs. */
const SOURCES: Readonly<Record<Need | "AffiliatePostback" | "adopted", string>> = {
  pulumi: "@pulumi/pulumi",
  AffiliatePostback: "pulumi-cake",
  trackers: "pulumi-cake",
  adopted: "./adopted",
  secret: "./adopted",
};

export type Imported = keyof typeof SOURCES;

/** The file with an import of everything that is needed, whatever it imports already. */
export function withImports(text: string, needs: Iterable<Imported>): string {
  const order = Object.keys(SOURCES) as Imported[];
  const wanted = order.filter((one) => [...needs].includes(one));
  return wanted.reduce(withImport, text);
}

function withImport(text: string, name: Imported): string {
  const source = SOURCES[name];
  const statement = new RegExp(`^import (?:\\{([^}]*)\\}|\\* as (\\w+)) from "${source}";$`, "m").exec(text);
  if (statement === null) return withLine(text, newImport(name, source));
  const [whole, names, star] = statement;
  if (star !== undefined) return text;
  const all = (names ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  if (all.includes(name)) return text;
  return text.replace(whole, () => `import { ${[...all, name].join(", ")} } from "${source}";`);
}

function newImport(name: Imported, source: string): string {
  return name === "pulumi" ? `import * as pulumi from "${source}";` : `import { ${name} } from "${source}";`;
}

// Behind the imports that are there; packages before files.
function withLine(text: string, line: string): string {
  const imports = [...text.matchAll(/^import [^;]*;\n/gm)];
  const isFile = line.includes('"./');
  const behind = imports
    .filter(([one]) => isFile || !one.includes('"./'))
    .filter(([one]) => isFile || one < line);
  const last = behind.at(-1);
  const at = last === undefined ? 0 : last.index + last[0].length;
  return `${text.slice(0, at)}${line}\n${text.slice(at)}`;
}
