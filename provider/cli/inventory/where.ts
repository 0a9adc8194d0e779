import { ASKED_HOST } from "../../lookup/question";
import { isHost } from "../../postback/hostnames";
import { macrosIn } from "../../postback/macros";
import { parametersOf } from "../../postback/rules/places";
import { TRACKERS } from "../../postback/trackers";
import { type InventoryRecord, MARKS } from "./report";
import { hostOf } from "./shape";

/** A record with the URL that it has at CAKE, or else in the state; undefined where nobody may read it. */
export interface Questioned {
  readonly record: InventoryRecord;
  readonly url: string | undefined;
}

type Test = (one: Questioned, wanted: string) => boolean;

const STANDINGS: readonly string[] = ["managed", "unmanaged", "missing"];

/** What a `--where` can ask, by the word before its `=`. */
const QUESTIONS: Readonly<Record<string, Test>> = {
  macro: ({ url = "" }, wanted) => macrosIn(url).some((name) => isSame(name, wanted.replaceAll("#", ""))),
  host: ({ url = "" }, wanted) => isHost(hostOf(url), wanted),
  parameter: ({ url = "" }, wanted) => parametersOf(url).some(({ name }) => name === wanted),
  affiliate: ({ record }, wanted) => record.affiliateId === Number(wanted),
  offer: ({ record }, wanted) => record.offerId === Number(wanted),
  id: ({ record }, wanted) => record.id === Number(wanted),
  instance: ({ record }, wanted) => isSame(record.instance, wanted),
  stack: ({ record }, wanted) => record.managedBy.some(({ stack }) => `/${stack}`.endsWith(`/${wanted}`)),
  tracker: ({ record }, wanted) => isSame(record.tracker ?? "", wanted),
  shape: ({ record }, wanted) => record.shape === wanted,
  status: ({ record }, wanted) => isSame(record.status ?? "", wanted),
  rule: ({ record }, wanted) => record.findings.some(({ rule }) => isSame(rule, wanted)),
  is: ({ record }, wanted) => [record.standing, ...record.marks].some((one) => isSame(one, wanted)),
};

/** A `--where`, understood. */
export interface Question {
  /** As it was asked. */
  readonly text: string;
  readonly holds: (one: Questioned) => boolean;
}

export const WHERE_HELP = `${Object.keys(QUESTIONS).join(", ")}`;

/** Reads `macro=#reqid#` or `host=a.example,b.example`: any of the values. Throws a message for people. */
export function questionOf(text: string): Question {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(at, 0));
  const test = Object.hasOwn(QUESTIONS, name) ? QUESTIONS[name] : undefined;
  if (test === undefined)
    throw new Error(
      `${JSON.stringify(text)} is no question. Ask like host=track.acme.example or macro=#reqid#; there are ${WHERE_HELP}.`,
    );
  const wanted = wantedBy(name, text.slice(at + 1));
  refuseImpossible(name, wanted);
  return { text, holds: (one) => wanted.some((value) => test(one, value)) };
}

// A shape may hold commas itself.
function wantedBy(name: string, values: string): string[] {
  return (name === "shape" ? [values] : values.split(",")).map((value) => value.trim());
}

// The values of those questions that have only so many.
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  is: [...STANDINGS, ...MARKS],
  tracker: Object.values(TRACKERS).map(({ name }) => name),
};

const IDS = [/^\d{1,15}$/, "ids, such as 2004"] as const;
// How the values of the others are written.
const FORMS: Readonly<Record<string, readonly [form: RegExp, inWords: string]>> = {
  ...{ affiliate: IDS, offer: IDS, id: IDS },
  macro: [/^#?\w+#?$/, "macros, such as #reqid#"],
  host: [ASKED_HOST, "hosts, such as track.acme.example, or .acme.example with all below it, on any port"],
};

// What no record can be would be answered by nothing, which reads as "all is well".
function refuseImpossible(name: string, wanted: readonly string[]): void {
  if (wanted.includes("")) throw new Error(`Say which ${name} is meant: ${name}=… has an empty value.`);
  const [form, inWords] = FORMS[name] ?? [];
  const wrong = wanted.find((value) => form?.test(value) === false);
  if (wrong !== undefined)
    throw new Error(`${JSON.stringify(wrong)} is none: ${name}=… asks for ${inWords}.`);
  const known = KNOWN[name];
  const unknown = wanted.find((value) => known?.every((one) => !isSame(one, value)));
  if (unknown !== undefined)
    throw new Error(`No record has ${name}=${JSON.stringify(unknown)}. It can be ${known?.join(", ")}.`);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
