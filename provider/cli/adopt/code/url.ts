import { recognizeTracker, trackers } from "../../../postback/trackers/templates";
import { inTemplate, literal, propertyName } from "./literal";
import { type SecretNames, stretchesOf } from "./secrets";

/** The most letters that a line holds; the formatter that most projects use breaks there. */
const WIDTH = 80;

/** What a file has to import for a line of code. */
export type Need = "pulumi" | "secret" | "trackers";

/** The line or lines of a property, with the comma behind it. */
export interface UrlCode {
  readonly text: string;
  readonly needs: readonly Need[];
}

/** `postbackUrl: …,` for a URL: the template that gives it byte for byte, or the URL as it is, its secrets left out. */
export function urlProperty(url: string, partner: string, indent: string, secrets: SecretNames): UrlCode {
  const stretches = stretchesOf(url);
  if (stretches.some(({ kind }) => kind === "secret")) {
    const inside = stretches.map((one) =>
      one.kind === "text"
        ? inTemplate(one.text)
        : `\${secret(${literal(secrets.nameOf(partner, one.parameter, one.value))})}`,
    );
    const text = `${indent}postbackUrl: pulumi.interpolate\`${inside.join("")}\`,`;
    return { text, needs: ["pulumi", "secret"] };
  }
  const call = trackerCall(url, indent);
  if (call !== undefined) return { text: call, needs: ["trackers"] };
  return { text: literalProperty("postbackUrl", url, indent), needs: [] };
}

// A text is never broken, so that one that is too long stands on a line of its own.
function literalProperty(name: string, value: string, indent: string): string {
  const text = literal(value);
  const line = `${indent}${name}: ${text},`;
  return line.length <= WIDTH ? line : `${indent}${name}:\n${indent}  ${text},`;
}

type Options = Readonly<Record<string, unknown>>;

function trackerCall(url: string, indent: string): string | undefined {
  const recognised = recognizeTracker(url);
  if (recognised === undefined) return undefined;
  const { tracker } = recognised;
  const give = trackers[tracker] as unknown as (options: Options) => string;
  const options = withoutDefaults(recognised.options as unknown as Options, give, url);
  return `${indent}postbackUrl: ${called(`trackers.${tracker}`, options, indent)},`;
}

// Said is only what the template does not give by itself.
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

function called(callee: string, options: Options, indent: string): string {
  const flat = `${callee}(${flatObject(options)})`;
  if (`${indent}postbackUrl: ${flat},`.length <= WIDTH) return flat;
  return `${callee}({\n${propertiesOf(options, `${indent}  `)}\n${indent}})`;
}

function propertiesOf(options: Options, indent: string): string {
  return Object.entries(options)
    .map(([name, value]) => {
      const key = propertyName(name);
      if (typeof value === "string") return literalProperty(key, value, indent);
      if (typeof value !== "object" || value === null) return `${indent}${key}: ${String(value)},`;
      const flat = `${indent}${key}: ${flatObject(value as Options)},`;
      if (flat.length <= WIDTH) return flat;
      return `${indent}${key}: {\n${propertiesOf(value as Options, `${indent}  `)}\n${indent}},`;
    })
    .join("\n");
}

function flatObject(options: Options): string {
  const properties = Object.entries(options).map(([name, value]) => {
    const text =
      typeof value === "string"
        ? literal(value)
        : typeof value === "object" && value !== null
          ? flatObject(value as Options)
          : String(value);
    return `${propertyName(name)}: ${text}`;
  });
  return properties.length === 0 ? "{}" : `{ ${properties.join(", ")} }`;
}
