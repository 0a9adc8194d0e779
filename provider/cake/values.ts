import * as v from "valibot";

/** A whole number of an answer; CAKE writes some of them as texts. */
export const integer = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))]),
  v.safeInteger(),
);
