import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { createColors } from "picocolors";
import { onTestFinished } from "vitest";
import type { LiveRow, Source } from "../../../../provider/cli/input/live/source";
import { parseStack, type Stack } from "../../../../provider/cli/input/stacks";
import { secretOf } from "../../../../provider/cli/input/value";
import {
  buildCheckedReport,
  buildReport,
  type ReportInput,
} from "../../../../provider/cli/inventory/buildReport";
import { parseEarlierReport } from "../../../../provider/cli/inventory/compareReports";
import { inventoryCsv } from "../../../../provider/cli/inventory/csv";
import { parseFilter } from "../../../../provider/cli/inventory/filters";
import { FORMATS, type Format, formatReport } from "../../../../provider/cli/inventory/formats";
import type { HostCheck } from "../../../../provider/cli/inventory/hosts/checkHost";
import type {
  GroupKind,
  InventoryPostback,
  InventoryReport,
} from "../../../../provider/cli/inventory/report";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { ruleSettingsFrom } from "../../../../provider/settings/ruleSettings";

export const HOST = "cake.example.com";
/** A URL in which no rule finds anything. */
export const URL = "https://track.partner.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";

type Fields = Readonly<Record<string, unknown>>;

// ---- What is live -------------------------------------------------------------------------------------------

/** A postback of CAKE. Each id has an offer of its own, so that no two fire together. */
export function row(id: number, changes: Partial<LiveRow> = {}): LiveRow {
  return { id, affiliateId: 1, offerId: id, status: "active", type: "Server", url: URL, ...changes };
}

/** What a whole listing of an instance shows. */
export function sourceOf(rows: readonly LiveRow[], changes: Partial<Source> = {}): Source {
  const instance = changes.instance ?? HOST;
  return {
    ...{ instance, hosts: [instance], kind: "list", file: null, rows, incomplete: [], calls: 1 },
    statement: "A list.",
    ...changes,
  };
}

export const FLAW = "the list says it has 9 rows, but 8 came";

// ---- What stacks have ---------------------------------------------------------------------------------------

/** A resource as a state has it: by default what `row` of the same id shows. */
export interface Resource {
  readonly id: number | string;
  readonly name?: string;
  readonly inputs?: Fields;
  readonly outputs?: Fields;
  /** Of the resource itself, such as `delete`. */
  readonly flags?: Fields;
}

export function stateText(resources: readonly Resource[], stack = "network/prod"): string {
  const [project, name] = stack.split("/");
  const list = resources.map((one) => {
    const same = {
      ...{ affiliateId: 1, offerId: Number(one.id), postbackUrl: URL },
      ...{ postbackStatus: "active", postbackTypeId: 1, domain: HOST },
    };
    const urn = `urn:pulumi:${name}::${project}::${TYPE_TOKEN}::${one.name ?? `p${one.id}`}`;
    return {
      ...{ urn, type: TYPE_TOKEN, custom: true, id: String(one.id) },
      inputs: { ...same, ...one.outputs, ...one.inputs },
      outputs: { ...same, ...one.outputs },
      ...one.flags,
    };
  });
  return JSON.stringify({ version: 3, deployment: { resources: list } });
}

export function stackOf(resources: readonly Resource[], stack?: string): Stack {
  return parseStack(stateText(resources, stack), "state.json");
}

/** A URL as a state holds it that was exported without `--show-secrets`, and one that was exported with it. */
export const ENCRYPTED = { ...secretOf(""), plaintext: undefined, ciphertext: "v1:abc" };
export const plaintext = secretOf;

// ---- The report ---------------------------------------------------------------------------------------------

export interface Given {
  readonly rows?: readonly LiveRow[];
  readonly source?: Partial<Source>;
  readonly sources?: readonly Source[];
  readonly managed?: readonly Resource[];
  readonly stacks?: readonly Stack[];
  /** The JSON of cake:rules. */
  readonly rules?: string;
  readonly where?: readonly string[];
  readonly since?: InventoryReport;
}

/** A report on one instance and one stack, unless more are given. */
export function inventory(given: Given): InventoryReport {
  return buildReport(factsOf(given));
}

const OK: HostCheck = { is: [], found: "fine" };

/** The same after a check of the hosts that found this, by their origins; nothing is wrong with others. */
export async function inventoryWithHosts(
  given: Given,
  found: Readonly<Record<string, HostCheck>> = {},
  asked: string[] = [],
): Promise<InventoryReport> {
  return buildCheckedReport(factsOf(given), async (origins) => {
    asked.push(...origins.map(({ origin }) => origin));
    return new Map(origins.map(({ origin }) => [origin, found[origin] ?? OK]));
  });
}

function factsOf(given: Given): ReportInput {
  const { rows = [], source = {}, managed, rules, where = [], since } = given;
  return {
    takenAt: new Date("2026-11-22T10:00:00Z"),
    sources: given.sources ?? [sourceOf(rows, source)],
    stacks: given.stacks ?? (managed === undefined ? [] : [stackOf(managed)]),
    rules: rules === undefined ? defaultRuleSettings : ruleSettingsFrom(rules),
    where: where.map(parseFilter),
    // As it is read from a file.
    earlier: since === undefined ? undefined : parseEarlierReport(JSON.stringify(since), "earlier.json"),
  };
}

/** The one postback of a report. */
export function only({ postbacks }: InventoryReport): InventoryPostback {
  const [postback, ...others] = postbacks;
  if (postback === undefined || others.length > 0)
    throw new Error(`${postbacks.length} postbacks instead of one.`);
  return postback;
}

/** What each postback is, in the order of the report: `drifted inactive managed`. */
export function conditions({ postbacks }: InventoryReport): string[] {
  return postbacks.map(({ is }) => is.join(" "));
}

/** The path of a file that is gone with the test. */
export function temporary(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-inventory-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

/** A report in every format, as the command prints it. */
export function formats(report: InventoryReport, group?: GroupKind): Record<Format, string> {
  const print = (format: Format) => formatReport(report, format, group, createColors(false));
  return Object.fromEntries(FORMATS.map((format) => [format, print(format)])) as Record<Format, string>;
}

/** The lines of a report's CSV, by their headers. */
export function csvLines(report: InventoryReport): Record<string, string>[] {
  return parse(inventoryCsv(report), { columns: true }) as Record<string, string>[];
}
