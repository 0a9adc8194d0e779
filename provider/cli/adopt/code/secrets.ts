import { pieces } from "../../../postback/macros";
import { isSecretName as takesSecret } from "../../../postback/secrets";

/** A stretch of a URL: text that may stand in code, or a value that partners take for a secret. */
export type Stretch =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "secret"; readonly parameter: string; readonly value: string };

// Of a URL that was copied out of a page, a parameter's name begins behind the entity.
const ENTITY = /^(?:amp|#38);/i;

/** Cuts a URL at the values that partners take for secrets. The stretches, put together, are the URL byte for byte. */
export function stretchesOf(url: string): Stretch[] {
  // Whoever wrote the URL may have forgotten its "?".
  const queryAt = (url.includes("?") ? url.indexOf("?") : url.indexOf("&")) + 1;
  if (queryAt === 0) return [{ kind: "text", text: url }];
  const cut: Stretch[] = [{ kind: "text", text: url.slice(0, queryAt) }];
  for (const [index, pair] of url.slice(queryAt).split("&").entries()) {
    const separator = index === 0 ? "" : "&";
    const valueAt = pair.indexOf("=") + 1;
    const [parameter, value] = [pair.slice(0, Math.max(valueAt - 1, 0)), pair.slice(valueAt)];
    if (valueAt > 0 && takesSecret(parameter.replace(ENTITY, "")) && holdsText(value)) {
      cut.push({ kind: "text", text: `${separator}${parameter}=` }, { kind: "secret", parameter, value });
    } else cut.push({ kind: "text", text: `${separator}${pair}` });
  }
  return cut;
}

export function holdsSecret(url: string): boolean {
  return stretchesOf(url).some(({ kind }) => kind === "secret");
}

// Macros alone are the same for every partner, and a switch is no secret.
function holdsText(value: string): boolean {
  const isSwitch = /^(?:\d|true|false|yes|no|on|off)$/i.test(value);
  return !isSwitch && pieces(value).some(({ macro }) => macro === undefined);
}

/** The names with one beginning: `acme-token`, `acme-token-2`, … */
interface Numbered {
  /** The number that was not looked at yet. */
  next: number;
  /** By the value that each stands for. */
  readonly names: Map<string, string>;
}

/**
 * The names by which code refers to secrets. A name says whose it is and what for, and nothing of the value; one value
 * of a partner has one name.
 */
export class SecretNames {
  private readonly added = new Map<string, string>();
  private readonly numbered = new Map<string, Numbered>();

  /**
   * @param saved The secrets whose values are known, by name.
   * @param used Names that stand in the code already; their values may not be known here.
   */
  constructor(
    private readonly saved: Readonly<Record<string, string>>,
    private readonly used: ReadonlySet<string>,
  ) {}

  /** The name of a partner's value, made if there is none yet. */
  nameOf(partner: string, parameter: string, value: string): string {
    const base = `${partner}-${plain(parameter)}`;
    const numbered = this.numbered.get(base) ?? { next: 1, names: new Map<string, string>() };
    this.numbered.set(base, numbered);
    const { names } = numbered;
    while (!names.has(value)) this.lookAtNext(base, numbered, value);
    return names.get(value) ?? "";
  }

  // A name whose value is not known here may stand for any, so that it is passed over.
  private lookAtNext(base: string, numbered: Numbered, value: string): void {
    const name = numbered.next === 1 ? base : `${base}-${numbered.next}`;
    numbered.next++;
    const known = this.added.get(name) ?? (Object.hasOwn(this.saved, name) ? this.saved[name] : undefined);
    if (known === undefined && this.used.has(name)) return;
    if (known === undefined) this.added.set(name, value);
    const named = known ?? value;
    if (!numbered.names.has(named)) numbered.names.set(named, name);
  }

  /** The secrets that were made here. */
  get fresh(): Record<string, string> {
    return Object.fromEntries(this.added);
  }
}

function plain(parameter: string): string {
  const letters = parameter
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return letters.slice(0, 30) || "secret";
}
