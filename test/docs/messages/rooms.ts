import { messages as callLog } from "../../../provider/callLog/messages";
import { messages as doctor } from "../../../provider/cli/doctor/messages";
import { messages as output } from "../../../provider/cli/output/messages";
import { messages as review } from "../../../provider/cli/review/messages";
import { messages as rules } from "../../../provider/cli/rules/messages";
import { messages as sandboxCommand } from "../../../provider/cli/sandbox/messages";
import { messages as csv } from "../../../provider/csv/messages";
import { messages as formats } from "../../../provider/formats/messages";
import type { Message } from "../../../provider/message";
import { messages as policy } from "../../../provider/policy/messages";
import { messages as postback } from "../../../provider/postback/messages";
import { ADOPT } from "./adopt";
import { CAKE } from "./cake";
import { INPUT } from "./input";
import { INVENTORY } from "./inventory";
import { LIFECYCLE } from "./lifecycle";
import { LOOKUP } from "./lookup";
import { PLUGIN } from "./plugin";
import { PREFLIGHT } from "./preflight";
import { RESOURCE } from "./resource";
import { SANDBOX } from "./sandbox";
import { SETTINGS } from "./settings";
import { TRY } from "./try";

/** Each message of a room with values such as it gets. */
export type Examples<Messages> = { readonly [Name in keyof Messages]: Message };

export interface Room {
  readonly title: string;
  /** From the root of the project. */
  readonly file: string;
  readonly examples: Examples<Readonly<Record<string, unknown>>>;
}

const CSV: Examples<typeof csv> = {
  csvInvalid: csv.csvInvalid([
    'partners.csv, line 3, column Offer ID: must be a CAKE offer ID such as 12345, or 0 for all offers, found "1.5"',
  ]),
};

const CALL_LOG: Examples<typeof callLog> = {
  logUnusable: callLog.logUnusable("/var/log/cake", "is a directory"),
  logFailed: callLog.logFailed("/home/me/cake.log", "ENOSPC"),
};

const FORMATS: Examples<typeof formats> = {
  newer: formats.newer("the file postbacks/adopted.json", 2, 1),
};

const DOCTOR: Examples<typeof doctor> = {
  anonymizeNeedsJson: doctor.anonymizeNeedsJson(),
};

const OUTPUT: Examples<typeof output> = {
  notRegular: output.notRegular("reports"),
  notWritten: output.notWritten("report.html", "EACCES"),
  symbolicLink: output.symbolicLink("report.html"),
};

const POLICY: Examples<typeof policy> = {
  rulesInvalid: policy.rulesInvalid("severty is not a setting of cake:rules (did you mean severity?)"),
};

const POSTBACK: Examples<typeof postback> = {
  optionUnknown: postback.optionUnknown("voluum", "click", ["domain", "clickId", "extra"]),
  optionInvalid: postback.optionInvalid("keitaro", "key", "must be one segment of the path", '"***"'),
};

const REVIEW: Examples<typeof review> = {
  formatUnsupported: review.formatUnsupported("csv", ["markdown", "json"], "a review"),
  headMissing: review.headMissing(),
  baseExcludes: review.baseExcludes("--work-list"),
  workListIncomplete: review.workListIncomplete([
    "Pulumi counted 2 resources to update, and its JSON lists 1",
  ]),
};

const RULES: Examples<typeof rules> = {
  ruleUnknown: rules.ruleUnknown('"macro"', ["P01 foreign-macro", "P08 unknown-macro"]),
};

const SANDBOX_COMMAND: Examples<typeof sandboxCommand> = {
  saveExists: sandboxCommand.saveExists("sandbox.json"),
};

/** Every room that says something under a code, in the order of docs/errors.md. */
export const ROOMS: readonly Room[] = [
  { title: "Postbacks of a stack", file: "provider/lifecycle/messages.ts", examples: LIFECYCLE },
  { title: "Calls to CAKE", file: "provider/cake/messages.ts", examples: CAKE },
  { title: "The log of calls", file: "provider/callLog/messages.ts", examples: CALL_LOG },
  { title: "Two versions of pulumi-cake", file: "provider/formats/messages.ts", examples: FORMATS },
  { title: "Lookups", file: "provider/lookup/messages.ts", examples: LOOKUP },
  { title: "Programs", file: "provider/resource/messages.ts", examples: RESOURCE },
  { title: "The provider plugin", file: "provider/plugin/messages.ts", examples: PLUGIN },
  { title: "Policy packs", file: "provider/policy/messages.ts", examples: POLICY },
  { title: "Templates of trackers", file: "provider/postback/messages.ts", examples: POSTBACK },
  { title: "CSV files", file: "provider/csv/messages.ts", examples: CSV },
  { title: "The sandbox", file: "provider/sandbox/messages.ts", examples: SANDBOX },
  { title: "Settings", file: "provider/settings/messages.ts", examples: SETTINGS },
  { title: "Input of a command", file: "provider/cli/input/messages.ts", examples: INPUT },
  { title: "Files that a command writes", file: "provider/cli/output/messages.ts", examples: OUTPUT },
  { title: "Inventory", file: "provider/cli/inventory/messages.ts", examples: INVENTORY },
  { title: "Review", file: "provider/cli/review/messages.ts", examples: REVIEW },
  { title: "pulumi-cake doctor", file: "provider/cli/doctor/messages.ts", examples: DOCTOR },
  { title: "pulumi-cake rules", file: "provider/cli/rules/messages.ts", examples: RULES },
  { title: "pulumi-cake try", file: "provider/cli/try/messages.ts", examples: TRY },
  { title: "pulumi-cake adopt", file: "provider/cli/adopt/messages.ts", examples: ADOPT },
  { title: "pulumi-cake preflight", file: "provider/cli/preflight/messages.ts", examples: PREFLIGHT },
  { title: "pulumi-cake sandbox", file: "provider/cli/sandbox/messages.ts", examples: SANDBOX_COMMAND },
];
