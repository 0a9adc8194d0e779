/**
 * A model of what a partner receives, made independently of the rules: CAKE replaces its macros and sends no fragment,
 * the partner splits the query at "&" and "=" and decodes it.
 */
import { MACROS } from "../../provider/postback/macros";
import type { Sample } from "../unit/postback/rules/support";

/** A call as the partner sees it. */
interface Received {
  /** Host and path. */
  readonly address: string;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

/** Whether the partner receives something else from a broken URL than from the good one. */
export function changesForPartner(good: Sample, broken: string): boolean {
  const [before, after] = [received(good.url), received(broken)];
  if (before === undefined || after === undefined) return before !== after;
  if (before.address !== after.address) return true;
  const names = good.reads === undefined ? [...before.parameters.keys()] : Object.values(good.reads);
  return names.some((name) => takenFrom(before, name) !== takenFrom(after, name));
}

// Of a repeated parameter, some receivers take the first value and some the last.
function takenFrom({ parameters }: Received, name: string): string {
  const values = parameters.get(name) ?? [];
  return JSON.stringify([values.at(0), values.at(-1)]);
}

const OWN = new RegExp(`#(${MACROS.map(({ name }) => name).join("|")})#`, "g");

/** The call that a URL leads to; undefined if nobody is called. */
export function received(url: string): Received | undefined {
  const [sent = ""] = url.trim().replace(OWN, "value-of-$1").split("#");
  const [, authority, rest = ""] = /^https?:\/\/([^/?]+)(.*)$/is.exec(sent) ?? [];
  const host = authority === undefined ? undefined : hostOf(authority);
  if (host === undefined) return undefined;
  const queryAt = rest.includes("?") ? rest.indexOf("?") : rest.length;
  return {
    address: host + decoded(rest.slice(0, queryAt)),
    parameters: parametersOf(rest.slice(queryAt + 1)),
  };
}

function hostOf(authority: string): string | undefined {
  if (/[\s\p{Cc}\p{Cf}]/u.test(authority) || !URL.canParse(`https://${authority}`)) return undefined;
  const { host, hostname } = new URL(`https://${authority}`);
  const isCallable = hostname.startsWith("[") || /^(?:[\w-]{1,63}\.)+[\w-]{1,63}\.?$/.test(hostname);
  return isCallable ? host : undefined;
}

function parametersOf(query: string): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const text of query.split("&").filter((one) => one !== "")) {
    const nameEnd = text.includes("=") ? text.indexOf("=") : text.length;
    const name = decoded(text.slice(0, nameEnd));
    const values = all.get(name) ?? [];
    all.set(name, [...values, decoded(text.slice(nameEnd + 1))]);
  }
  return all;
}

function decoded(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
    );
}
