import * as v from "valibot";

/** An integer of an answer; CAKE writes some of them as strings of digits. */
export const integer = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))]),
  v.safeInteger(),
);

/** A text of an answer. One with half a surrogate pair cannot be passed on to Pulumi's engine, nor stored as UTF-8. */
export const text = v.pipe(v.string(), v.check(isWellFormed, "half a surrogate pair"));

// String.prototype.isWellFormed, which the oldest supported library types do not have yet.
function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}
