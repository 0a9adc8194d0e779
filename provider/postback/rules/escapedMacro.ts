import { escapedMacrosIn, withPlainHashes } from "../reading/unmatchedHashes";
import { PLACES, type UrlRule } from "./rule";

/** P09: a macro whose hashes are percent-encoded. */
export const escapedMacro: UrlRule = {
  id: "P09",
  name: "escaped-macro",
  title: "a macro with encoded hashes",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE does not replace a macro whose hashes are percent-encoded. Libraries for URLs and most form fields encode them.",
  source: "Node.js: searchParams.set writes %23s2%23; CAKE article 5000546376",
  fix: "Write the hashes unencoded.",
  bad: "https://t.partner.net/pb?cid=%23s2%23&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url, { macros }) => {
    if (!url.url.includes("%2")) return [];
    const plain = withPlainHashes(url, macros);
    // More may be encoded twice.
    const fix = plain.includes("%25") ? {} : { fixed: plain };
    return url.components.flatMap((part) =>
      escapedMacrosIn(part.text, macros).map((quoted) => ({
        part,
        what: "has a macro whose hashes are percent-encoded",
        quoted,
        ...fix,
      })),
    );
  },
};
