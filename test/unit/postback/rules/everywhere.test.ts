import { writeFileSync } from "node:fs";
import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { AffiliatePostback, type AffiliatePostbackArgs } from "../../../../provider";
import { readCsvExport } from "../../../../provider/cli/input/live/csv";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { parsePreview } from "../../../../provider/cli/input/preview";
import { buildReport } from "../../../../provider/cli/inventory/buildReport";
import { lint } from "../../../../provider/cli/lint/lint";
import { changesOf } from "../../../../provider/cli/review/changes";
import { review } from "../../../../provider/cli/review/review";
import { check } from "../../../../provider/lifecycle/check";
import { cakePolicies } from "../../../../provider/policy";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import type { RuleSettings, Severity } from "../../../../provider/postback/rules/rule";
import { ruleSettingsFrom } from "../../../../provider/settings/ruleSettings";
import { row, sourceOf, stackOf, temporary } from "../../cli/inventory/support";
import { reportOf } from "../../cli/lint/support";
import { opened } from "../../lifecycle/support";
import { installHost, known, program } from "../../resource/support";

const DOMAIN = "cake.example.com";
const TODAY = "2030-01-01";
const YESTERDAY = "2029-12-31";

type Postback = Readonly<Record<string, unknown>> & { readonly postbackUrl: string };
type Verdict = Severity | "nothing";

/** A postback of one affiliate and offer. Its number makes its URL another one than those of the others. */
function postback(number: number, changes: Readonly<Record<string, unknown>> = {}): Postback {
  return {
    ...{
      affiliateId: 67890,
      offerId: 12345,
      postbackUrl: `https://track.partner.net/pb?cid=#s2#&n=${number}`,
    },
    ...{ postbackStatus: "active", postbackTypeId: 1 },
    ...changes,
  };
}

function elsewhere(number: number, changes: Readonly<Record<string, unknown>> = {}): Postback {
  return postback(number, { postbackUrl: `https://other.partner.net/pb?cid=#s2#&n=${number}`, ...changes });
}

const slot = (number: number, sub: string, changes: Readonly<Record<string, unknown>> = {}) =>
  postback(number, {
    ...{ offerId: number, postbackUrl: `https://track.partner.net/pb?cid=#${sub}#&n=${number}` },
    ...changes,
  });

interface Asked {
  readonly postbacks: readonly Postback[];
  readonly rule: string;
  /** The JSON text of `cake:rules`. */
  readonly rules: string;
}

/** The most severe finding of a rule that nothing suppresses. */
function worst(
  rule: string,
  found: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly suppressed?: string | undefined;
  }[],
): Verdict {
  const counted = found.filter((one) => one.rule === rule && one.suppressed === undefined);
  if (counted.some(({ severity }) => severity === "error")) return "error";
  return counted.length > 0 ? "warning" : "nothing";
}

function worstText(rule: string, errors: readonly string[], warnings: readonly string[]): Verdict {
  const names = (text: string) => text.startsWith(rule);
  return errors.some(names) ? "error" : warnings.some(names) ? "warning" : "nothing";
}

// ---- The places -----------------------------------------------------------------------------------------------

/** The program reports warnings of one URL on its resource; the provider's process knows the others, and stops. */
async function preview({ postbacks, rule, rules }: Asked): Promise<Verdict> {
  const { context, told } = opened({ config: { domain: DOMAIN, rules } });
  const errors = postbacks.flatMap((one, index) =>
    check(context, `urn-${index}`, {}, { ...one }).failures.map(({ reason }) => reason),
  );
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  await program({ config: { "cake:domain": DOMAIN, "cake:rules": rules } });
  const urls = postbacks.map(
    (one, index) => new AffiliatePostback(`p${index}`, one as unknown as AffiliatePostbackArgs).postbackUrl,
  );
  await Promise.all(urls.map(known));
  await new Promise(setImmediate);
  const warnings = warn.mock.calls.map(([text]) => String(text));
  warn.mockRestore();
  return worstText(rule, errors, [...told, ...warnings]);
}

function previewText(postbacks: readonly Postback[], rules: string): string {
  const steps = postbacks.map((inputs, index) => ({
    ...{ op: "create", urn: `urn:pulumi:dev::shop::${TYPE_TOKEN}::p${index}` },
    newState: { type: TYPE_TOKEN, inputs },
  }));
  return JSON.stringify({ steps, config: { "cake:domain": DOMAIN, "cake:rules": rules } });
}

function linted(text: string, { rule, rules }: Asked): Verdict {
  const read = { source: "a file", isFile: true, ...parseContents(text, "a file") };
  const report = reportOf(lint([read], () => ({ rules: ruleSettingsFrom(rules), today: new Date() })));
  return worst(rule, report.findings);
}

function lintOfPreview(asked: Asked): Verdict {
  return linted(previewText(asked.postbacks, asked.rules), asked);
}

function lintOfState(asked: Asked): Verdict {
  const resources = asked.postbacks.map((inputs, index) => ({
    ...{ urn: `urn:pulumi:dev::shop::${TYPE_TOKEN}::p${index}`, type: TYPE_TOKEN, id: String(index + 1) },
    ...{ inputs, outputs: { ...inputs, domain: DOMAIN } },
  }));
  return linted(JSON.stringify({ version: 3, deployment: { resources } }), asked);
}

/** The file of a person, which has no reasons. */
function csvText(postbacks: readonly Postback[]): string {
  const names = ["affiliateId", "offerId", "postbackStatus", "postbackUrl", "clickIdSlot", "overlapUntil"];
  const headers = ["affiliate_id", "offer_id", "status", "postback_url", "click_id_slot", "overlap_until"];
  const lines = postbacks.map((one, index) => [index + 1, ...names.map((name) => one[name] ?? "")].join(","));
  return [["postback_id", ...headers].join(","), ...lines].join("\n");
}

function lintOfCsv(asked: Asked): Verdict {
  return linted(csvText(asked.postbacks), asked);
}

function inventoryOfCsv({ postbacks, rule, rules }: Asked): Verdict {
  const file = temporary("export.csv");
  writeFileSync(file, csvText(postbacks));
  const report = buildReport({
    ...{ sources: [readCsvExport(file, DOMAIN, [DOMAIN])], stacks: [], where: [], earlier: undefined },
    ...{ rules: ruleSettingsFrom(rules), takenAt: new Date() },
  });
  return worst(
    rule,
    report.postbacks.flatMap(({ findings }) => findings),
  );
}

function reviewed({ postbacks, rule, rules }: Asked): Verdict {
  const settings = ruleSettingsFrom(rules);
  const report = review(changesOf(parsePreview(previewText(postbacks, rules)).steps), {
    settingsFor: () => settings,
    today: new Date(),
    failOn: "error",
    limits: { maxChanges: 100, maxDeactivations: 100 },
  });
  return worst(rule, [...report.changes.flatMap(({ findings }) => findings), ...report.crossFindings]);
}

function inventory({ postbacks, rule, rules }: Asked): Verdict {
  const rows = postbacks.map(({ affiliateId, offerId, postbackStatus, postbackUrl }, index) =>
    row(index + 1, {
      ...{ affiliateId: Number(affiliateId), offerId: Number(offerId) },
      ...{ status: String(postbackStatus), url: postbackUrl },
    }),
  );
  const stack = stackOf(postbacks.map((one, index) => ({ id: index + 1, outputs: one })));
  const report = buildReport({
    ...{ sources: [sourceOf(rows)], stacks: [stack], where: [], earlier: undefined },
    ...{ rules: ruleSettingsFrom(rules), takenAt: new Date() },
  });
  return worst(
    rule,
    report.postbacks.flatMap(({ findings }) => findings),
  );
}

async function policies({ postbacks, rule, rules }: Asked): Promise<Verdict> {
  pulumi.runtime.setAllConfig({ "cake:domain": DOMAIN, "cake:rules": rules });
  const found: { rule: string; severity: Severity }[] = [];
  const resources = postbacks.map((props, index) => ({
    ...{ type: TYPE_TOKEN, name: `p${index}`, urn: `urn:pulumi:dev::shop::${TYPE_TOKEN}::p${index}`, props },
  }));
  for (const policy of cakePolicies()) {
    const severity = policy.enforcementLevel === "mandatory" ? "error" : "warning";
    const report = () => found.push({ rule: policy.name.split("-")[1]?.toUpperCase() ?? "", severity });
    if ("validateStack" in policy)
      await policy.validateStack({ resources } as unknown as StackValidationArgs, report);
    else if (typeof policy.validateResource === "function")
      for (const resource of resources)
        await policy.validateResource(resource as unknown as ResourceValidationArgs, report);
  }
  return worst(rule, found);
}

const FILES: Readonly<Record<string, (asked: Asked) => Verdict>> = {
  "lint of a CSV": lintOfCsv,
  "inventory of a CSV": inventoryOfCsv,
};

const PLACES: Readonly<Record<string, (asked: Asked) => Verdict | Promise<Verdict>>> = {
  preview,
  "lint of a preview": lintOfPreview,
  "lint of a state": lintOfState,
  review: reviewed,
  inventory,
  "policy pack": policies,
};

// ---- The questions ---------------------------------------------------------------------------------------------

type Question = readonly [
  title: string,
  postbacks: readonly Postback[],
  expected: Verdict,
  rules?: Partial<RuleSettings>,
];

const P20 = { suppress: { P20: "two systems of one partner" } };
const P26 = { suppress: { P26: "two networks of one partner" } };
const level = (id: string, severity: Severity | "off") => ({ severity: { [id]: severity } });
const ONE_HOST = [postback(1), postback(2)];
const TWO_HOSTS = [postback(1), elsewhere(2)];
const manyOffers = [1, 2, 3].map((offerId) => postback(offerId, { offerId }));

const FIRES_TWICE: readonly Question[] = [
  ["two on one host", ONE_HOST, "error"],
  ["two on two hosts", TWO_HOSTS, "warning"],
  ["two of which one is inactive", [postback(1), postback(2, { postbackStatus: "inactive" })], "nothing"],
  ["two of which one suppresses the rule", [postback(1), postback(2, P20)], "nothing"],
  ["two of which one suppresses another rule", [postback(1), postback(2, P26)], "error"],
  ["two of which one overlaps until today", [postback(1), postback(2, { overlapUntil: TODAY })], "nothing"],
  ["two that overlapped until yesterday", [postback(1), postback(2, { overlapUntil: YESTERDAY })], "error"],
  ["two on two hosts, one until today", [postback(1), elsewhere(2, { overlapUntil: TODAY })], "nothing"],
  ["three of which one suppresses the rule", [...ONE_HOST, postback(3, P20)], "error"],
  ["three of which one overlaps", [postback(1, { overlapUntil: TODAY }), postback(2), postback(3)], "error"],
  ["three of which two suppress the rule", [postback(1, P20), postback(2), postback(3, P20)], "nothing"],
  ["one for all offers beside many", [postback(9, { offerId: 0 }), ...manyOffers], "error"],
  [
    "one for all offers, which suppresses the rule",
    [postback(9, { offerId: 0, ...P20 }), ...manyOffers],
    "nothing",
  ],
  [
    "one for all offers, which overlaps until today",
    [...manyOffers, postback(9, { offerId: 0, overlapUntil: TODAY })],
    "nothing",
  ],
  [
    "one for all offers beside many, of which one suppresses the rule",
    [...manyOffers, postback(4, { offerId: 4, ...P20 }), postback(9, { offerId: 0 })],
    "error",
  ],
  ["a project that turns the rule off", ONE_HOST, "nothing", level("P20", "off")],
  ["a project that makes it a warning", ONE_HOST, "warning", level("P20", "warning")],
  ["a project that makes it an error", TWO_HOSTS, "error", level("P20", "error")],
];

const MIXED: readonly Question[] = [
  ["two with different sub IDs", [slot(1, "s2"), slot(2, "s3")], "warning"],
  ["many with one sub ID, and one with another", [slot(1, "s2"), slot(2, "s2"), slot(3, "s3")], "warning"],
  ["one with another sub ID, and many", [slot(1, "s3"), slot(2, "s2"), slot(3, "s2")], "warning"],
  ["two of different affiliates", [slot(1, "s2"), slot(2, "s3", { affiliateId: 1 })], "nothing"],
  ["two of which one is inactive", [slot(1, "s2"), slot(2, "s3", { postbackStatus: "inactive" })], "nothing"],
  ["two of which one suppresses the rule", [slot(1, "s2"), slot(2, "s3", P26)], "nothing"],
  ["two of which one suppresses another rule", [slot(1, "s2"), slot(2, "s3", P20)], "warning"],
  [
    "two until today: that is about another rule",
    [slot(1, "s2"), slot(2, "s3", { overlapUntil: TODAY })],
    "warning",
  ],
  ["three of which one suppresses the rule", [slot(1, "s2"), slot(2, "s3"), slot(3, "s3", P26)], "warning"],
  ["clickIdSlot that names the same", [slot(1, "s2"), slot(2, "s3", { clickIdSlot: "s2" })], "nothing"],
  ["clickIdSlot that names another", [slot(1, "s2"), slot(2, "s2", { clickIdSlot: "s3" })], "warning"],
  ["a project that turns the rule off", [slot(1, "s2"), slot(2, "s3")], "nothing", level("P26", "off")],
  ["a project that makes it an error", [slot(1, "s2"), slot(2, "s3")], "error", level("P26", "error")],
];

const HTTP = postback(1, { postbackUrl: "http://track.partner.net/pb?cid=#s2#" });
const PLAIN_HTTP: readonly Question[] = [
  ["a URL", [HTTP], "warning"],
  ["a URL whose resource suppresses the rule", [{ ...HTTP, suppress: { P12: "no TLS" } }], "nothing"],
  ["a URL whose resource suppresses another rule", [{ ...HTTP, ...P20 }], "warning"],
  ["a project that turns the rule off", [HTTP], "nothing", level("P12", "off")],
  ["a project that makes it an error", [HTTP], "error", level("P12", "error")],
];

const OTHER_SLOT: readonly Question[] = [
  ["a URL without clickIdSlot", [postback(1)], "nothing"],
  ["a URL that takes another sub ID", [postback(1, { clickIdSlot: "s3" })], "warning"],
  ["a URL that takes the same", [postback(1, { clickIdSlot: "s2" })], "nothing"],
];

const CALLS_CAKE: readonly Question[] = [
  [
    "a URL that calls the stack's own CAKE",
    [postback(1, { postbackUrl: `https://${DOMAIN}/pb?cid=#s2#` })],
    "warning",
  ],
  ["a URL that calls another host", [postback(1)], "nothing"],
];

const takes = (macro: string) => postback(1, { postbackUrl: `https://track.partner.net/pb?cid=#${macro}#` });
const OTHER_ID: readonly Question[] = [
  ["an ID that never is a click: an error of a rule", [takes("oid")], "error"],
  ["an ID that may be meant: a warning of the same rule", [takes("leadid")], "warning"],
  ["a project that makes it a warning", [takes("oid")], "warning", level("P05", "warning")],
];

const own = (severity: Severity): Partial<RuleSettings> => ({
  own: [{ id: "X01", pattern: "partner\\.net", message: "is on a host that we left", severity }],
});
const OWN: readonly Question[] = [
  ["an own rule that warns", [postback(1)], "warning", own("warning")],
  ["an own rule that stops", [postback(1)], "error", own("error")],
  ["an own rule that is weighed", [postback(1)], "error", { ...own("warning"), ...level("X01", "error") }],
  ["an own rule that is off", [postback(1)], "nothing", { ...own("error"), ...level("X01", "off") }],
  ["an own rule that is suppressed", [postback(1, { suppress: { X01: "moves" } })], "nothing", own("error")],
];

beforeEach(() => {
  installHost();
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${TODAY}T12:00:00Z`) });
  onTestFinished(() => {
    vi.useRealTimers();
    pulumi.runtime.setAllConfig({});
  });
});

const ALL: Readonly<Record<string, readonly Question[]>> = {
  P20: FIRES_TWICE,
  P26: MIXED,
  P12: PLAIN_HTTP,
  P05: OTHER_ID,
  P06: OTHER_SLOT,
  P24: CALLS_CAKE,
  X01: OWN,
};

function placesFor({
  postbacks,
  rule,
}: Asked): Readonly<Record<string, (asked: Asked) => Verdict | Promise<Verdict>>> {
  // The instance of a file is named beside it.
  const isInFile = rule !== "P24" && postbacks.every(({ suppress }) => suppress === undefined);
  return isInFile ? { ...PLACES, ...FILES } : PLACES;
}

async function verdicts(asked: Asked): Promise<Record<string, Verdict>> {
  const all: Record<string, Verdict> = {};
  for (const [place, ask] of Object.entries(placesFor(asked))) all[place] = await ask(asked);
  return all;
}

describe.each(Object.keys(ALL))("%s gets one verdict everywhere", (rule) => {
  const questions = (ALL[rule] ?? []).map((question) => [question[0], question] as const);
  it.each(questions)("for %s", async (_title, [, postbacks, expected, rules = {}]) => {
    const asked = { postbacks, rule, rules: JSON.stringify(rules) };
    const same = Object.fromEntries(Object.keys(placesFor(asked)).map((place) => [place, expected]));
    expect(await verdicts(asked)).toEqual(same);
    const reversed = { ...asked, postbacks: [...postbacks].reverse() };
    expect(await verdicts(reversed), "in the other order").toEqual(same);
  });
});
