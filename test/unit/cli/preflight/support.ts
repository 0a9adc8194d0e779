import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { instanceHosts } from "../../../../provider/cli/input/instance";
import { parseStackExport } from "../../../../provider/cli/input/stackExport";
import type { JournalRead } from "../../../../provider/cli/preflight/journal";
import { pretty as prettyAt } from "../../../../provider/cli/preflight/pretty";
import { type PreflightReport, reportOn } from "../../../../provider/cli/preflight/report";
import { PLUGIN_TYPE_TOKEN } from "../../../../provider/postback/postback";
import { type Ran, runCommand } from "../command";

/**
 * What the stack runner exported after its engine was killed in the middle of a create, with readable hosts:
 * `twoInstances`, where each has its own provider; `secretUrl`; `replacement`, where the create was to replace
 * the postback in the state; `finished`, which a later run made of that one.
 */
export type Exported = "twoInstances" | "secretUrl" | "replacement" | "finished";

export function fileOf(name: Exported): string {
  return join(__dirname, `${name}.json`);
}

export function exported(name: Exported): string {
  return readFileSync(fileOf(name), "utf8");
}

type Environment = Record<string, string>;

const EMPTY: JournalRead = { files: [], problem: null };

/** What the command prints on a terminal. */
export function pretty(one: PreflightReport): string {
  return prettyAt(one, NOW);
}

/** When the tests' reports are printed. */
export const NOW = Date.parse("2026-11-28T12:00:00Z");

export function report(exportedText: string, env: Environment = {}): PreflightReport {
  return reportOn(parseStackExport(exportedText), instanceHosts(env), EMPTY);
}

// ---- Exports made by hand -----------------------------------------------------------------------------------

const TYPE = "pulumi-nodejs:dynamic/cake:AffiliatePostback";
const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";
const PLUGIN_PROVIDER_TYPE = "pulumi:providers:cake";

export const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:x",
};

type Fields = Record<string, unknown>;

export function deployment(resources: Fields[], pending: [type: string, resource: Fields][] = []): string {
  const pending_operations = pending.map(([type, resource]) => ({ type, resource }));
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources, pending_operations } });
}

export function urnOf(name: string, type = TYPE): string {
  return `urn:pulumi:prod::network::${type}::${name}`;
}

export const DECLARED = {
  affiliateId: 67890,
  offerId: 12345,
  postbackTypeId: 1,
  postbackUrl: "https://tracker.example/postback?cid=#s2#&token=theirs",
};

/** A postback that is being made. */
export function making(name: string, changes: Fields = {}, inputs: Fields = {}): Fields {
  const provider = `${urnOf("default", PROVIDER_TYPE)}::p-default`;
  return {
    urn: urnOf(name),
    custom: true,
    type: TYPE,
    provider,
    inputs: { ...DECLARED, ...inputs },
    ...changes,
  };
}

/** A postback of the state. */
export function made(name: string, changes: Fields = {}, outputs: Fields = {}): Fields {
  const live = { ...DECLARED, domain: "cake.example.com", ...outputs };
  return making(name, { id: "8801", created: "2026-01-01T00:00:00Z", outputs: live, ...changes });
}

/** A provider, and the reference to it. */
export function provider(name: string, inputs: Fields): { state: Fields; reference: string } {
  const urn = urnOf(name, PROVIDER_TYPE);
  const id = `p-${name}`;
  return { state: { urn, id, custom: true, type: PROVIDER_TYPE, inputs }, reference: `${urn}::${id}` };
}

export const onCake = provider("default", { "cake:domain": "https://Cake.example.com" }).state;

/** The same export if the stack's program used the plugin: other types, and settings without `cake:` before them. */
function byPlugin(text: string): string {
  const plugged = text.replaceAll(TYPE, PLUGIN_TYPE_TOKEN).replaceAll(PROVIDER_TYPE, PLUGIN_PROVIDER_TYPE);
  const { deployment: state, ...others } = JSON.parse(plugged);
  const resources = state.resources.map((one: { type: string; inputs: Fields }) => {
    if (one.type !== PLUGIN_PROVIDER_TYPE) return one;
    const inputs = Object.entries(one.inputs).flatMap(([name, value]) =>
      name === "cake:name" ? [] : [[name.replace(/^cake:/, ""), value] as const],
    );
    return { ...one, inputs: Object.fromEntries(inputs) };
  });
  return JSON.stringify({ ...others, deployment: { ...state, resources } });
}

/** The report on an export, once it is sure that the same stack of the plugin gets the same one. */
export function reportOnBoth(exportedText: string, env: Environment = {}): PreflightReport {
  const found = report(exportedText, env);
  const ofPlugin = JSON.stringify(report(byPlugin(exportedText), env));
  expect(JSON.parse(ofPlugin.replaceAll(PLUGIN_TYPE_TOKEN, TYPE))).toEqual(JSON.parse(JSON.stringify(found)));
  return found;
}

// ---- The command itself -------------------------------------------------------------------------------------

/** Runs `pulumi-cake preflight` in a process of its own. */
export function preflight(args: string[], input = "", env: Environment = {}): Promise<Ran> {
  const own = { CAKE_JOURNAL_DIR: join(tmpdir(), "cake-no-such-journal"), ...env };
  return runCommand(["preflight", ...args], { input, env: own });
}
