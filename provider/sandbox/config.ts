import * as v from "valibot";
import { type EndpointName, endpoints } from "../cake/endpoints";
import type { Behaviour, RequestBehaviour } from "./behaviour";
import type { Fault, FaultPlan } from "./faults";
import { readJsonFile } from "./jsonFile";
import { QUOTE_FORMS } from "./quote";

/** The options of an emulated CAKE instance in a file: those of `behave` and `injectFault`, without functions. */
export interface SandboxConfig {
  readonly behaviour?: Partial<Behaviour>;
  readonly faults?: readonly FaultPlan[];
}

const integer = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(integer, v.minValue(0));
const status = v.pipe(integer, v.minValue(200), v.maxValue(599));
const endpointNames = Object.keys(endpoints) as EndpointName[];
const filterMode = v.picklist(["honoured", "ignored", "refused", "incomplete"]);

const forOneRequest = {
  create: v.exactOptional(v.picklist(["insert", "overwrite", "missing"])),
  update: v.exactOptional(v.picklist(["keep", "blank", "ignore", "echo", "missing"])),
  list: v.exactOptional(v.picklist(["ok", "empty", "missing"])),
  logs: v.exactOptional(v.picklist(["ok", "missing"])),
  campaigns: v.exactOptional(v.picklist(["postbacks", "none", "missing"])),
  missingAnswer: v.exactOptional(v.picklist([404, 405, "html", "refusal", "key", "login"])),
  rowBase: v.exactOptional(v.picklist([0, 1])),
  rowZero: v.exactOptional(v.picklist(["first", "refused", "lost"])),
  paging: v.exactOptional(v.picklist(["honoured", "ignored", "endless"])),
  maxRows: v.exactOptional(v.pipe(integer, v.minValue(1))),
  defaultRows: v.exactOptional(v.pipe(integer, v.minValue(1))),
  totalRows: v.exactOptional(v.union([v.boolean(), v.literal("page"), count])),
  arrayName: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
  listEnvelope: v.exactOptional(v.picklist(["top", "response"])),
  order: v.exactOptional(v.picklist(["oldestFirst", "newestFirst"])),
  filters: v.exactOptional(
    v.union([
      filterMode,
      v.strictObject({
        postback_id: v.exactOptional(filterMode),
        affiliate_id: v.exactOptional(filterMode),
        offer_id: v.exactOptional(filterMode),
      }),
    ]),
  ),
  shortBy: v.exactOptional(count),
  duplicates: v.exactOptional(count),
  logOrder: v.exactOptional(v.picklist(["oldestFirst", "newestFirst"])),
  campaignNames: v.exactOptional(v.picklist(["new", "old"])),
  ids: v.exactOptional(v.picklist(["number", "string"])),
  statusNames: v.exactOptional(v.strictObject({ active: v.string(), inactive: v.string() })),
  typeNames: v.exactOptional(v.strictObject({ 1: v.string(), 2: v.string(), 3: v.string(), 4: v.string() })),
  clockOffsetSeconds: v.exactOptional(integer),
  keyStatus: v.exactOptional(status),
  refusalStatus: v.exactOptional(status),
  addressIgnored: v.exactOptional(v.union([v.literal(false), v.picklist(["hang", "empty"])])),
  tenant: v.exactOptional(v.string()),
};

const requestBehaviour: v.GenericSchema<unknown, RequestBehaviour> = v.strictObject(forOneRequest);

const behaviour: v.GenericSchema<unknown, Partial<Behaviour>> = v.strictObject({
  ...forOneRequest,
  list: v.exactOptional(v.picklist(["ok", "empty", "stale", "missing"])),
  latencyMs: v.exactOptional(count),
  listLag: v.exactOptional(count),
  paths: v.exactOptional(
    v.strictObject({
      create: v.exactOptional(v.string()),
      list: v.exactOptional(v.string()),
      update: v.exactOptional(v.string()),
      logs: v.exactOptional(v.string()),
      campaigns: v.exactOptional(v.string()),
    }),
  ),
  otherLists: v.exactOptional(v.record(v.string(), v.record(v.string(), v.unknown()))),
});

const when = v.exactOptional(v.picklist(["before", "after"]));
const retryAfter = v.exactOptional(v.union([count, v.strictObject({ date: integer })]));
const envelope = v.exactOptional(v.picklist(["v2", "legacy", "legacyJson"]));
const kind = <const K extends Fault["kind"]>(name: K) => v.literal(name);

const fault: v.GenericSchema<unknown, Fault> = v.variant("kind", [
  v.strictObject({ kind: kind("behaviour"), behaviour: requestBehaviour }),
  v.strictObject({
    kind: kind("status"),
    status,
    body: v.exactOptional(v.union([v.string(), v.record(v.string(), v.unknown())])),
    headers: v.exactOptional(v.record(v.string(), v.string())),
    retryAfter,
    when,
  }),
  v.strictObject({ kind: kind("rateLimited"), retryAfter, when }),
  v.strictObject({ kind: kind("restricted"), envelope, when }),
  v.strictObject({
    kind: kind("refused"),
    message: v.string(),
    status: v.exactOptional(status),
    envelope,
    when,
  }),
  v.strictObject({
    kind: kind("quoted"),
    as: v.picklist(QUOTE_FORMS),
    status: v.exactOptional(status),
    when,
  }),
  v.strictObject({
    kind: kind("redirect"),
    status: v.picklist([301, 302, 303, 307, 308]),
    location: v.string(),
    when,
  }),
  v.strictObject({
    kind: v.picklist(["html", "empty", "truncated", "brokenOff", "stalled", "reset", "hang"]),
    when,
  }),
]);

const config: v.GenericSchema<unknown, SandboxConfig> = v.strictObject({
  behaviour: v.exactOptional(behaviour),
  faults: v.exactOptional(
    v.array(
      v.strictObject({
        on: v.picklist([...endpointNames, "unknown", "any"]),
        fault,
        times: v.exactOptional(v.pipe(integer, v.minValue(1))),
        after: v.exactOptional(count),
      }),
    ),
  ),
});

/** Reads a file of options, such as `{ "behaviour": { "maxRows": 50 }, "faults": [{ "on": "list", "fault": … }] }`. */
export function loadConfig(file: string): Promise<SandboxConfig> {
  return readJsonFile(file, "sandbox configuration", config);
}
