import { type Answer, refusal, success } from "./answer";
import type { Behaviour } from "./behaviour";
import { spanOf } from "./list";
import { type Fields, listRequest, readRequest } from "./wire";

/** A page of an endpoint that a test or a file describes: its answer, with the arrays paged as the list is. */
export function otherList(
  answer: Readonly<Record<string, unknown>>,
  fields: Fields,
  behaviour: Behaviour,
): Answer {
  const reading = readRequest(listRequest, fields);
  if ("refused" in reading) return refusal(behaviour.refusalStatus, reading.refused);
  const span = spanOf(reading.fields.start_at_row, reading.fields.row_limit, behaviour);
  if ("refused" in span) return refusal(behaviour.refusalStatus, span.refused);
  const paged = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice(span.from, span.to);
    return typeof value === "object" && value !== null ? pagedFields(value) : value;
  };
  const pagedFields = (all: object) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, paged(value)]));
  return success(pagedFields(answer));
}
