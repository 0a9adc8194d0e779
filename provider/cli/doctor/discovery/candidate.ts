import * as v from "valibot";
import { type Envelope, isObject, type Reading, readEnvelope } from "../../../cake/envelope";
import { findRows, nested } from "../../../cake/findRows";
import { integer } from "../../../cake/values";
import type { HttpAnswer } from "../../../http/transport";
import { listed } from "../../output/text";
import { findings } from "../messages";
import type { Reply } from "../probe";
import type { Candidate } from "../report";

/** The rows to ask for: enough to recognize postbacks. */
export const FEW = 3;

/** What a successful answer of a candidate holds. */
export type Contents = Pick<Candidate, "answer" | "postbacks" | "what">;

/** Reads a page of what may be the list. Any success is understood: whether it holds postbacks is the question. */
export function readContents(answer: HttpAnswer): Reading<Contents> {
  const envelope = readEnvelope(answer);
  return envelope.ok ? { ok: true, value: contentsOf(envelope.value) } : envelope;
}

/** What a path turned out to be, from CAKE's answer to a call with the key. */
export function candidateFrom(path: string, reply: Reply<Contents>): Candidate {
  if (reply.ok) return { path, withKey: true, ...reply.value };
  const answer = reply.failure === "missing" ? "missing" : "failed";
  return { path, withKey: true, answer, postbacks: null, what: reply.what };
}

function contentsOf(envelope: Envelope): Contents {
  const found = findRows(envelope);
  if (found?.arePostbacks) {
    return { answer: "postbacks", postbacks: countIn(envelope, found.rows.length), what: null };
  }
  const rows = found?.rows ?? anyRows(envelope);
  if (rows === undefined) return { answer: "noRows", postbacks: null, what: findings.noRows };
  if (rows.length === 0)
    return {
      answer: found ? "empty" : "emptyUnnamed",
      postbacks: 0,
      what: findings.emptyRows(found !== undefined),
    };
  return { answer: "other", postbacks: null, what: findings.otherRows(fieldsOf(rows)) };
}

/** How many postbacks there are, as far as a small page shows it: a total may be the count of that page. */
function countIn(envelope: Envelope, onPage: number): number | null {
  const totals = [envelope, nested(envelope)].map(({ total_rows }) => v.safeParse(integer, total_rows));
  const total = Math.max(0, ...totals.flatMap(({ success, output }) => (success ? [Number(output)] : [])));
  if (total > onPage) return total;
  return onPage < FEW ? onPage : null;
}

/** The rows of something else: the first array with rows, else an empty one. */
function anyRows(envelope: Envelope): readonly unknown[] | undefined {
  const arrays = [envelope, nested(envelope)].flatMap((fields) =>
    Object.values(fields).filter(Array.isArray),
  );
  return arrays.find(({ length }) => length > 0) ?? arrays[0];
}

const MOST_FIELDS = 8;
// Anything else is not a name that CAKE gives to a field, and may be a value that somebody keeps secret.
const FIELD_NAME = /^[a-z][a-z0-9_]{0,39}$/i;

function fieldsOf(rows: readonly unknown[]): string {
  const [row] = rows;
  const names = isObject(row) ? Object.keys(row).filter((name) => FIELD_NAME.test(name)) : [];
  return names.length === 0 ? "no fields" : listed(names, MOST_FIELDS);
}
