/** The pages about trackers in docs/trackers: what to enter in CAKE, and what the partner enters. */
import { urlRules } from "../../../provider/postback/rules/builtInRules";
import { maskValue } from "../../../provider/postback/secrets";
import { TRACKER_NAMES, TRACKERS } from "../../../provider/postback/trackers";
import type { TrackerName } from "../../../provider/postback/trackers/options";
import { IN_PATH, type Parameter } from "../../../provider/postback/trackers/parameters";
import { trackers } from "../../../provider/postback/trackers/templates";
import type { Dedupes } from "../../../provider/postback/trackers/tracker";
import { membersOf, sourceFile } from "../docstrings";
import { code, fenced, inert, table } from "../markdown";
import { affise } from "./affise";
import { bemob } from "./bemob";
import { binom } from "./binom";
import { cake } from "./cake";
import { clickflare } from "./clickflare";
import { everflow } from "./everflow";
import { funnelflux } from "./funnelflux";
import { keitaro } from "./keitaro";
import { linktrust } from "./linktrust";
import { offer18 } from "./offer18";
import { optionsOf } from "./optionDocs";
import type { Fact, Mistake, PartnerSide } from "./partnerSide";
import { peerclick } from "./peerclick";
import { redtrack } from "./redtrack";
import { scaleo } from "./scaleo";
import { trackier } from "./trackier";
import { tune } from "./tune";
import { voluum } from "./voluum";

export const PARTNER_SIDES: Readonly<Record<TrackerName, PartnerSide>> = {
  ...{ voluum, redtrack, binom, keitaro, bemob, peerclick, clickflare, funnelflux },
  ...{ tune, everflow, cake, affise, trackier, scaleo, linktrust, offer18 },
};

const OPTIONS = "provider/postback/trackers/options.ts";
const DOMAIN = "track.partner.net";
const UNDOCUMENTED = "Not documented: ask the partner.";
const LINK = "https://cake.example/?a=501&c=310&s2=";

const DEDUPES: Readonly<Record<Dedupes, string>> = {
  always: "counts if it has another transaction ID",
  "by setting": "the partner's settings or the offer decide",
  once: "never counts",
  undocumented: "not documented",
};

/** The generated part of docs/trackers/README.md. */
export function trackerParts(): Record<string, string> {
  return { trackerTable: overview() };
}

/** The page of each tracker: its path from the root of the project, and its text. */
export function trackerPages(root: string): [path: string, text: string][] {
  const receivers = membersOf(sourceFile(`${root}/${OPTIONS}`), "OptionsOfTracker");
  return TRACKER_NAMES.map((name) => {
    const { text = "" } = receivers.find((one) => one.name === name) ?? {};
    const [, receiver] = /^The postback URL of (.*)\.$/.exec(text) ?? [];
    if (receiver === undefined)
      throw new Error(`In ${OPTIONS}, the comment on ${name} must be "The postback URL of <who>."`);
    return [`docs/trackers/${name}.md`, page(root, name, receiver)];
  });
}

function overview(): string {
  const rows = TRACKER_NAMES.map((name) => {
    const { link } = PARTNER_SIDES[name];
    const { clickId, transactionId } = parametersOf(name);
    return [
      `[${TRACKERS[name].name}](${name}.md)`,
      code(`trackers.${name}`),
      link === undefined ? "not documented" : code(link.macro),
      code(clickId?.name ?? ""),
      transactionId === undefined ? "" : code(transactionId.name),
      DEDUPES[TRACKERS[name].dedupes],
    ];
  });
  const head = ["Tracker", "Template", "Click ID in the link", "Click ID", "Transaction ID"];
  return table([...head, "A second conversion of a click"], rows);
}

function page(root: string, name: TrackerName, receiver: string): string {
  const { setup, secondConversion, mistakes } = PARTNER_SIDES[name];
  const { source, read, answers } = TRACKERS[name];
  const check = [...PARTNER_SIDES[name].check, ...(answers?.facts ?? [])];
  return `${[
    `# ${TRACKERS[name].name}`,
    `How to send conversions to ${receiver}. [All trackers](README.md).`,
    "## In CAKE",
    "The template makes this postback URL:",
    fenced("ts", `${programLine(name)}\n// ${exampleUrl(name)}`),
    optionTable(root, name),
    "## At the partner",
    `${offerLink(PARTNER_SIDES[name])}\n${facts(setup)}`,
    "## How the partner sees that it works",
    check.length === 0 ? UNDOCUMENTED : facts(check),
    "## A second conversion of a click",
    secondConversion.length === 0 ? UNDOCUMENTED : facts(secondConversion),
    "## Usual mistakes",
    mistakeTable(mistakes),
    `Source of the template: ${source} (read ${read}).`,
  ].join("\n\n")}\n`;
}

/** The URL of the template with the fewest options. */
function exampleUrl(name: TrackerName): string {
  const template = trackers[name] as (options: object) => string;
  return template({ domain: DOMAIN, ...PARTNER_SIDES[name].required });
}

// A secret is taken from the configuration, as everywhere in the docs.
function programLine(name: TrackerName): string {
  const required = Object.entries(PARTNER_SIDES[name].required ?? {});
  const [secret] =
    required.find(([option, value]) => maskValue(option, String(value)) !== String(value)) ?? [];
  const values = required.map(([option, value]) =>
    option === secret ? option : `${option}: ${JSON.stringify(value)}`,
  );
  const call = `trackers.${name}({ ${[`domain: "${DOMAIN}"`, ...values].join(", ")} })`;
  return secret === undefined ? call : `config.requireSecret("${secret}").apply((${secret}) => ${call})`;
}

function optionTable(root: string, name: TrackerName): string {
  const parameters = parametersOf(name);
  const rows = optionsOf(root, name).map(({ name: option, optional, text, fallback }) => [
    code(option) + (optional ? "" : " (required)"),
    parameterCell(option, parameters[option]),
    text,
    fallback,
  ]);
  return table(["Option", "In the URL", "Meaning", "Default"], rows);
}

function parameterCell(option: string, parameter: Parameter | undefined): string {
  if (parameter === undefined) return option === "domain" ? "the host" : "its own names";
  return parameter.name === IN_PATH ? "in the path" : code(parameter.name);
}

function offerLink({ link }: PartnerSide): string {
  if (link === undefined)
    return `- The partner's offer link carries the tracker's click ID: ${code(`${LINK}…`)}. The macro for it is not documented: ask the partner.`;
  return `- The partner's offer link carries the tracker's click ID: ${code(LINK + link.macro)}. *${inert(link.source)}*`;
}

function facts(all: readonly Fact[]): string {
  return all.map(({ says, source }) => `- ${inert(says)} *${inert(source)}*`).join("\n");
}

function mistakeTable(mistakes: readonly Mistake[]): string {
  const rows = mistakes.map(({ url, says, rule }) => [code(url), says, ruleLink(rule)]);
  return table(["URL", "What is wrong", "Rule"], rows);
}

function ruleLink(id: string): string {
  const rule = urlRules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`No rule has the ID ${id}.`);
  return `[${id} ${rule.name}](../rules.md#${id.toLowerCase()}-${rule.name})`;
}

function parametersOf(name: TrackerName): Readonly<Record<string, Parameter>> {
  return TRACKERS[name].parameters as Readonly<Record<string, Parameter>>;
}
