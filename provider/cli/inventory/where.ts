import { macrosIn } from "../../postback/macros";
import { parametersOf } from "../../postback/rules/places";
import { urlParts } from "../../postback/url";
import { isHost } from "../hosts";
import { type InventoryRecord, MARKS } from "./report";

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
  host: ({ url = "" }, wanted) => isHost(urlParts(url).host, wanted),
  parameter: ({ url = "" }, wanted) => parametersOf(url).some(({ name }) => name === wanted),
  affiliate: ({ record }, wanted) => String(record.affiliateId) === wanted,
  offer: ({ record }, wanted) => String(record.offerId) === wanted,
  id: ({ record }, wanted) => String(record.id) === wanted,
  instance: ({ record }, wanted) => isSame(record.instance, wanted),
  stack: ({ record }, wanted) => record.managedBy.some(({ stack }) => stack === wanted),
  tracker: ({ record }, wanted) => isSame(record.tracker ?? "", wanted),
  shape: ({ record }, wanted) => record.shape === wanted,
  status: ({ record }, wanted) => isSame(record.status ?? "", wanted),
  rule: ({ record }, wanted) => record.findings.some(({ rule }) => isSame(rule, wanted)),
  is: ({ record }, wanted) => record.standing === wanted || record.marks.some((mark) => mark === wanted),
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
  // A shape may hold commas itself.
  const wanted = name === "shape" ? [text.slice(at + 1)] : text.slice(at + 1).split(",");
  const known: readonly string[] = [...STANDINGS, ...MARKS];
  const unknown = name === "is" ? wanted.find((one) => !known.includes(one)) : undefined;
  if (unknown !== undefined)
    throw new Error(`A record is never ${JSON.stringify(unknown)}. It can be ${known.join(", ")}.`);
  return { text, holds: (one) => wanted.some((value) => test(one, value)) };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
