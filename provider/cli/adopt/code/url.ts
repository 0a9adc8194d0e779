import { recognizeTracker, trackers } from "../../../postback/trackers/templates";
import { inTemplate, literal, propertyName } from "./literal";
import { partsOf } from "./secretParts";

/** The most letters that a line holds; the formatter that most projects use breaks there. */
const WIDTH = 80;

/** What a file has to import for a URL, beside what every file imports. */
export type Need = "secret" | "trackers";

/** The line or lines of a property, with the comma behind it. */
export interface UrlCode {
  readonly text: string;
  readonly need?: Need;
}

/**
 * `postbackUrl: …,` for a URL: the template that gives it byte for byte, or the URL as it is, its secrets left out.
 *
 * @param secrets The names of its secrets, in their order.
 */
export function urlProperty(url: string, secrets: readonly string[], indent: string): UrlCode {
  if (secrets.length > 0) {
    const names = [...secrets];
    const inside = partsOf(url).map((part) =>
      part.kind === "text" ? inTemplate(part.text) : `\${secret(${literal(names.shift() ?? "")})}`,
    );
    return { text: `${indent}postbackUrl: pulumi.interpolate\`${inside.join("")}\`,`, need: "secret" };
  }
  const call = trackerCall(url, indent);
  if (call !== undefined) return { text: call, need: "trackers" };
  return { text: property("postbackUrl", url, indent) };
}

function trackerCall(url: string, indent: string): string | undefined {
  const recognised = recognizeTracker(url);
  if (recognised === undefined) return undefined;
  const { tracker } = recognised;
  const give = trackers[tracker] as unknown as (options: Options) => string;
  const options = withoutDefaults(recognised.options as unknown as Options, give, url);
  const before = `${indent}postbackUrl: trackers.${tracker}(`;
  return `${before}${valueCode(options, indent, before.length + "),".length)}),`;
}

type Options = Readonly<Record<string, unknown>>;

// Only what the template does not give by itself is written.
function withoutDefaults(options: Options, give: (options: Options) => string, url: string): Options {
  let kept = options;
  for (const name of Object.keys(options).filter((one) => one !== "domain")) {
    const { [name]: _, ...fewer } = kept;
    if (gives(give, fewer, url)) kept = fewer;
  }
  return kept;
}

function gives(give: (options: Options) => string, options: Options, url: string): boolean {
  try {
    return give(options) === url;
  } catch {
    return false;
  }
}

/** A property of an object, with the comma behind it. A string is never broken: if it is too long, it gets a line of its own. */
function property(name: string, value: unknown, indent: string): string {
  const before = `${indent}${propertyName(name)}: `;
  const line = `${before}${valueCode(value, indent, before.length + 1)},`;
  if (typeof value !== "string" || line.length <= WIDTH) return line;
  return `${before.trimEnd()}\n${indent}  ${literal(value)},`;
}

/**
 * A value as code, an object on one line if it fits.
 *
 * @param used The letters of the line that are taken.
 */
function valueCode(value: unknown, indent: string, used: number): string {
  if (typeof value === "string") return literal(value);
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value);
  const flat = entries
    .map(([name, one]) => `${propertyName(name)}: ${valueCode(one, "", -Infinity)}`)
    .join(", ");
  if (used + `{ ${flat} }`.length <= WIDTH) return flat === "" ? "{}" : `{ ${flat} }`;
  const lines = entries.map(([name, one]) => property(name, one, `${indent}  `));
  return `{\n${lines.join("\n")}\n${indent}}`;
}
