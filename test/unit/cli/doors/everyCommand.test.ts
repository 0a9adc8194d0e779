import type { ResourceValidationArgs } from "@pulumi/policy";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { planFor } from "../../../../provider/cli/adopt/plan";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { parsePreview } from "../../../../provider/cli/input/preview";
import { rulesByText } from "../../../../provider/cli/input/rules";
import { parseStackExport } from "../../../../provider/cli/input/stackExport";
import { parseStack } from "../../../../provider/cli/input/stacks";
import { formatReport } from "../../../../provider/cli/inventory/formats";
import { lint } from "../../../../provider/cli/lint/lint";
import { changesBetween, changesOf } from "../../../../provider/cli/review/changes";
import { asMarkdown } from "../../../../provider/cli/review/markdown";
import type { ReviewReport } from "../../../../provider/cli/review/report";
import { countOtherSteps, review } from "../../../../provider/cli/review/review";
import { toWorkList, asPretty as workListText } from "../../../../provider/cli/review/workList";
import { choosePostback } from "../../../../provider/cli/try/choose";
import { cakePolicies } from "../../../../provider/policy";
import { inventory, row, sourceOf } from "../inventory/support";
import { prettyText, reportOf } from "../lint/support";
import { pretty, report } from "../preflight/support";
import { asDynamic, PREVIEWS, previewOf, STATES, stateOf, withoutReplaced } from "./fixtures";

const TODAY = new Date("2026-11-29");
const US = { instance: "us.example.com", hosts: ["us.example.com"] };
const EU = { instance: "eu.example.com", hosts: ["eu.example.com"] };
const LIVE = [8801, 8802, 8803, 8804, 8899].map((id) => row(id));

const readOf = (text: string) => ({ source: "a file", isFile: true, ...parseContents(text, "a file") });

function linted(text: string): string {
  const settingsFor = rulesByText(undefined);
  return prettyText(
    reportOf(lint([readOf(text)], ({ rules }) => ({ rules: settingsFor(rules), today: TODAY }))),
  );
}

function reviewed(changes: ReturnType<typeof changesOf>, rules: string | undefined) {
  return review(changes, {
    ...{ settingsFor: rulesByText(undefined, rules), today: TODAY, failOn: "warning" },
    limits: { maxChanges: 100, maxDeactivations: 25 },
  });
}

function commentOn(preview: string): string {
  const { steps, rules, incomplete } = parsePreview(preview);
  const others = { incomplete, comparison: "", otherSteps: countOtherSteps(steps) };
  const whole: ReviewReport = { ...reviewed(changesOf(steps), rules), ...others };
  // Of a secret URL only the plugin says which parts change.
  const changes = whole.changes.filter(({ name }) => name !== "secret");
  return asMarkdown({ ...whole, changes });
}

/** An export of a stack whose run was killed while it created one more postback. */
function interrupted(state: string): string {
  const { version, deployment } = JSON.parse(state) as ReturnType<typeof JSON.parse>;
  const {
    id: _,
    outputs,
    created,
    ...two
  } = deployment.resources.find(({ urn = "" }) => urn.endsWith("::two"));
  const resource = {
    ...two,
    urn: two.urn.replace("::two", "::fresh"),
    inputs: { affiliateId: 6, offerId: 6 },
  };
  const pending_operations = [{ type: "creating", resource }];
  return JSON.stringify({ version, deployment: { ...deployment, pending_operations } });
}

function adopted(state: string): object {
  const source = sourceOf(LIVE, US);
  const selection = { affiliates: [], offers: [], hosts: [], status: undefined, ids: undefined };
  const { managed, fresh } = planFor({
    ...{ source, selection, stack: parseStack(state, "state.json"), others: [], adopted: undefined },
    ...{ fileNames: [], partners: new Map(), layout: undefined, saved: {} },
  });
  return { managed, fresh: fresh.map(({ id }) => id) };
}

/** What the policies report of the resources of a state. */
async function violations(state: string): Promise<string[]> {
  const { resources } = parseStackExport(state);
  const providers = new Map(resources.map((one) => [`${one.urn}::${one.id}`, { ...one, props: one.inputs }]));
  const reported: string[] = [];
  for (const policy of cakePolicies({ rules: { severity: { P24: "error" } }, domain: "us.example.com" })) {
    if (!("validateResource" in policy) || typeof policy.validateResource !== "function") continue;
    for (const { urn, type, inputs, provider = "" } of resources) {
      // Each postback calls its own CAKE instance.
      const postbackUrl = `https://${urn.endsWith("abroad") ? "eu" : "us"}.example.com/?cid=#s2#`;
      const name = urn.split("::").at(-1);
      const args = { urn, type, name, props: { ...inputs, postbackUrl }, provider: providers.get(provider) };
      await policy.validateResource(args as unknown as ResourceValidationArgs, (text) =>
        reported.push(`${name} ${policy.name}: ${text}`),
      );
    }
  }
  return reported.sort();
}

type Row = [command: string, run: (file: string) => unknown, saysOfThem: RegExp];

describe("a stack of either door, of both, or just moved", () => {
  const COMMANDS: Row[] = [
    ["preflight", (state) => pretty(report(state)), /holds 5 postbacks: 1 on eu\S+, 4 on us/],
    [
      "preflight for another instance",
      (state) => pretty(report(state, { CAKE_DOMAIN: "other.example.com" })),
      /4 postbacks live on us\.example\.com, and the stack works on other\.example\.com/,
    ],
    [
      "preflight after an interruption",
      (state) => pretty(report(interrupted(state))),
      /fresh: affiliate 6, offer 6, on us\.example\.com/,
    ],
    ["lint", (state) => linted(state), /P12 plain-http {2}abroad[\s\S]*4 postbacks.*\nnot checked: secret/],
    [
      "inventory",
      (state) => {
        const stacks = [parseStack(state, "state.json")];
        const sources = [sourceOf(LIVE, US), sourceOf([row(8801)], EU)];
        return formatReport(inventory({ stacks, sources }), "pretty", undefined, createColors(false));
      },
      /5 postbacks in its state[\s\S]*5 of 6 live postbacks/,
    ],
    ["try", (state) => choosePostback(readOf(state), { resource: "child" }), /::child","id":8803/],
    ["adopt", adopted, /"managed":4,"fresh":\[8899\]/],
    ["the policy pack", violations, /abroad cake-p24.*child cake-p24.*one cake-p24.*secret.*two cake-p24/],
  ];

  describe.each(COMMANDS)("is read by %s", (_command, run, says) => {
    it.each(STATES)("as of the dynamic provider: %s", async (door) => {
      const [found, expected] = [await run(stateOf(door)), await run(stateOf("dynamic"))].map((one) =>
        asDynamic(typeof one === "string" ? one : JSON.stringify(one)),
      );
      expect(found).toMatch(says);
      expect(found).toBe(expected);
    });
  });
});

describe("a preview of either door, of both, or of the move", () => {
  const COMMANDS: Row[] = [
    ["lint", linted, /P12 plain-http {2}abroad[\s\S]*not checked: next/],
    [
      "review",
      commentOn,
      /2 new, 2 changed, \d replaced, 1 removed; 1 deactivated, 1 unchanged[\s\S]* one [\s\S]* child [\s\S]* fresh /,
    ],
    [
      "review --work-list",
      (preview) => workListText(toWorkList(parsePreview(preview).steps)),
      /affiliate 4.*Status\n[\s\S]*affiliate 1.*Url\n.*cid=#s2#[\s\S]*affiliate 3.*Url\n.*\[secret\]\n/,
    ],
    ["try", (preview) => choosePostback(readOf(preview), { resource: "one" }), /::one","id":8804/],
  ];

  describe.each(COMMANDS)("is read by %s", (_command, run, says) => {
    it.each(PREVIEWS)("as of the dynamic provider: %s", (door) => {
      const read = door === "moving" ? withoutReplaced : String;
      const [found, expected] = [run(read(previewOf(door))), run(read(previewOf("dynamic")))].map((one) =>
        asDynamic(typeof one === "string" ? one : JSON.stringify(one)),
      );
      expect(found).toMatch(says);
      expect(found).toBe(expected);
    });
  });

  it.each(["mixed", "moving", "plugin"] as const)(
    "says which parts of a secret URL change, where the plugin made it: %s",
    (door) => {
      const { steps, rules } = parsePreview(previewOf(door));
      const { changes } = reviewed(changesOf(steps), rules);
      expect(changes.find(({ name }) => name === "secret")).toMatchObject({
        categories: expect.arrayContaining(["clickIdChanged"]),
        differences: [
          { part: "parameter", name: "cid", from: "***" },
          { part: "parameter", name: "click.id", to: "***" },
        ],
      });
    },
  );

  it("compares two programs of which the later one uses the plugin", () => {
    const [base, head] = (["dynamic", "plugin"] as const).map((door) => {
      const { steps } = JSON.parse(previewOf(door)) as { steps: { urn: string; newState?: object }[] };
      const declared = steps.filter(({ newState }) => newState !== undefined);
      return parsePreview(JSON.stringify({ steps: declared.map((one) => ({ ...one, op: "create" })) }));
    });
    if (base === undefined || head === undefined) throw new Error("There are two of them.");
    const changes = changesBetween(base, head);
    expect(changes.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual(
      ["abroad", "fresh", "next", "one", "secret", "two"].map((name) => `same ${name}`),
    );
  });
});
