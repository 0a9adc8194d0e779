import { secretRanges } from "../secrets";
import { namedParameter } from "../url";
import type { UrlRule } from "./rule";

/** P16: a secret of the partner that anybody can read. */
export const plainSecret: UrlRule = {
  id: "P16",
  name: "plain-secret",
  title: "a secret in plain text",
  severity: "warning",
  // A policy cannot see what is secret.
  runsIn: ["preview", "up", "lint", "review", "inventory"],
  why: "Who knows the partner's token can report conversions. If the URL is not secret, previews, logs and the state show the token.",
  source: "Scaleo's, Affise's, TUNE's and Everflow's help on their tokens",
  fix: "Make the URL a secret: take its token from a secret setting of the stack, or mark the whole URL as secret.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=#price#&token=4f1c9a",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ url }, { isSecret }) => {
    if (isSecret !== false) return [];
    const parts = secretRanges(url).map(({ name }) =>
      name === undefined ? "the host" : namedParameter(name),
    );
    return [...new Set(parts)].map((part) => ({
      part,
      what: "has a fixed secret, and the URL is not secret",
    }));
  },
};
