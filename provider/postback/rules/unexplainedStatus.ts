import { PLACES, type UrlRule } from "./rule";

/** P18: a status whose values nobody knows. */
export const unexplainedStatus: UrlRule = {
  id: "P18",
  name: "unexplained-status",
  title: "a status that no article explains",
  severity: "warning",
  runsIn: PLACES,
  why: "No list of macros has #status#, so its value is unknown. Trackers want numbers, words or names of their own.",
  source:
    "CAKE article 13000118735, in its sample only; help-center.affise.com, help.trackier.com, docs.keitaro.io",
  fix: "Write the status that the tracker wants as a fixed value: CAKE fires for conversions only.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=#price#&status=#status#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#&status=approved",
  find: ({ parameters }) =>
    parameters
      .filter(({ macros }) => macros.includes("status"))
      .map((part) => ({ part, what: "gets #status#, which no list of macros explains" })),
};
