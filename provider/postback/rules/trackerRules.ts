import { CLICK_ID_SLOTS, macrosIn } from "../macros";
import { findingsAt, plainName, urlParameters } from "../reading/reading";
import { isAmount } from "../reading/vocabulary";
import { secretRanges } from "../secrets";
import { clickIdParameters, trackerAt, transactionIdOf } from "../trackers/trackerAt";
import { namedParameter } from "../url";
import { type Candidate, type Finding, PLACES, type UrlRule } from "./rule";

const plainSecret: UrlRule = {
  id: "P16",
  name: "plain-secret",
  title: "a secret in plain text",
  severity: "warning",
  runsIn: ["preview", "up", "lint", "review"],
  why: "Who knows the partner's token can report conversions. If the URL is not secret, previews, logs and the state show the token.",
  source: "Scaleo's, Affise's, TUNE's and Everflow's help on their tokens",
  fix: "Make the URL a secret: take the token from config.requireSecret, or the whole URL from pulumi.secret.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=#price#&token=4f1c9a",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ postbackUrl }, { isSecret }) => (isSecret === false ? plainSecrets(postbackUrl) : []),
};

const fixedPayout: UrlRule = {
  id: "P17",
  name: "fixed-payout",
  title: "a payout that is fixed or unreadable",
  severity: "warning",
  runsIn: PLACES,
  why: "A fixed amount stays when the payout changes, and the partner cannot read an amount with a symbol. CAKE has no macro for a currency: write the campaign's as a fixed value.",
  source: "CAKE's lists of macros, which have no currency; doc.voluum.com on fixed payouts",
  fix: "Write #price# alone. If the partner wants a currency, add the campaign's as a fixed value.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=12.50",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#&currency=USD",
  find: payouts,
};

const unexplainedStatus: UrlRule = {
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
  find: ({ postbackUrl }) =>
    findingsAt(urlParameters(postbackUrl), ({ value }) =>
      macrosIn(value).includes("status") ? [{ what: "gets #status#, which no list of macros explains" }] : [],
    ),
};

const noTransactionId: UrlRule = {
  id: "P19",
  name: "no-transaction-id",
  title: "no transaction ID",
  severity: "warning",
  runsIn: PLACES,
  why: "This tracker drops a second conversion of one click as a repetition, unless the two have different transaction IDs.",
  source: "doc.voluum.com; docs.keitaro.io; TUNE's help on duplicate conversions",
  fix: "Add the tracker's parameter with #leadid#, or with #tid# where the advertiser sends one.",
  bad: "https://acme.voluumtrk.com/postback?cid=#s2#&payout=#price#",
  good: "https://acme.voluumtrk.com/postback?cid=#s2#&payout=#price#&txid=#leadid#",
  find: transactionIds,
};

/** The rules about what trackers want to receive. */
export const trackerRules: readonly UrlRule[] = [
  ...[plainSecret, fixedPayout],
  ...[unexplainedStatus, noTransactionId],
];

function plainSecrets(url: string): Finding[] {
  const parts = secretRanges(url).map(({ name }) => (name === undefined ? "the host" : namedParameter(name)));
  return [...new Set(parts)].map((part) => ({
    part,
    what: "has a fixed secret, and the URL is not secret",
  }));
}

const CURRENCY_BESIDE = /\$(?!\{)|[€£¥₹₽]|%24|%E2%82%AC|%C2%A[35]|(?:^|[^a-z])(?:USD|EUR|GBP)(?![a-z])/i;

function payouts({ postbackUrl }: Candidate): Finding[] {
  return findingsAt(urlParameters(postbackUrl), ({ name, value }) => {
    if (isAmount(name)) return amount(value);
    const asksForCurrency = plainName(name) === "currency" && macrosIn(value).length > 0;
    return asksForCurrency
      ? [{ what: "asks for a currency, for which CAKE has no macro", quoted: value }]
      : [];
  });
}

function amount(value: string): Omit<Finding, "part">[] {
  if (CURRENCY_BESIDE.test(value)) return [{ what: "has a currency beside the amount", quoted: value }];
  const isFixed = /^[-+.,\d]+$/.test(value) && /\d/.test(value);
  return isFixed ? [{ what: "is a fixed amount", quoted: value }] : [];
}

const SUB_IDS: ReadonlySet<string> = new Set(CLICK_ID_SLOTS);

function transactionIds({ postbackUrl }: Candidate): Finding[] {
  const tracker = trackerAt(postbackUrl);
  const wanted = tracker && transactionIdOf(tracker);
  const takesClicks = clickIdParameters(postbackUrl).some(({ value }) =>
    macrosIn(value).some((one) => SUB_IDS.has(one)),
  );
  if (wanted === undefined || !takesClicks) return [];
  if (urlParameters(postbackUrl).some(({ name, value }) => name === wanted && value !== "")) return [];
  return [
    {
      part: "the URL",
      what: `has no ${wanted}, by which ${tracker?.name} distinguishes conversions of one click`,
    },
  ];
}
