import { macrosIn } from "../macros";
import type { UrlRule } from "./rule";

const SUB_IDS = /^s[1-5]$/;

/** The rules about CAKE's macros: those that hand a partner nothing, or the wrong thing. */
export const macroRules: readonly UrlRule[] = [
  {
    id: "P03",
    name: "no-click-id",
    severity: "warning",
    why: "Without a sub id the partner cannot tell which click converted, and drops the conversion. This is the most frequent mistake of all.",
    source: "Keitaro's and smartadv's troubleshooting pages; CAKE article 13000118838",
    fix: "Hand over the sub id that holds the partner's click id, by custom #s2#.",
    bad: "https://t.partner.net/pb?payout=#price#",
    good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
    find: ({ postbackUrl }) =>
      macrosIn(postbackUrl).some((name) => SUB_IDS.test(name))
        ? []
        : [{ part: "the URL", what: "holds none of #s1# to #s5#, so the partner learns of no click" }],
  },
];
