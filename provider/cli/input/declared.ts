import { type ReadValues, readValues } from "../../postback/rules/readCandidate";
import { openValue, type Value } from "./value";

/** A postback as a preview or a state has it, as far as it can be read. */
export interface DeclaredPostback extends ReadValues {
  readonly url: Value;
}

/** Reads the properties of a resource. */
export function declaredPostback(properties: Readonly<Record<string, unknown>>): DeclaredPostback {
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, written]) => [name, knownValue(written)]),
  );
  const { postbackUrl, postbackStatus, suppress } = properties;
  return {
    ...readValues({
      ...known,
      // Without a status a postback is active, and one whose status is unknown may be inactive.
      postbackStatus: openValue(postbackStatus).kind === "known" ? known.postbackStatus : "unknown",
      suppress: openedWithin(knownValue(suppress)),
    }),
    url: openValue(postbackUrl),
  };
}

function knownValue(written: unknown): unknown {
  const value = openValue(written);
  return value.kind === "known" ? value.value : undefined;
}

function openedWithin(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, knownValue(one)]));
}
