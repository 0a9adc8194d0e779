import { ADOPT } from "./adopt";
import { CSV } from "./csv";
import type { Examples } from "./examples";
import { LIFECYCLE } from "./lifecycle";
import { LOOKUP } from "./lookup";
import { POSTBACK } from "./postback";
import { PREFLIGHT } from "./preflight";
import { SANDBOX } from "./sandbox";
import { SANDBOX_COMMAND } from "./sandboxCommand";
import { SETTINGS } from "./settings";

export interface Room {
  readonly title: string;
  /** From the root of the project. */
  readonly file: string;
  readonly examples: Examples<Readonly<Record<string, unknown>>>;
}

/** Every room that says something under a code, in the order of docs/errors.md. */
export const ROOMS: readonly Room[] = [
  { title: "Postbacks of a stack", file: "provider/lifecycle/messages.ts", examples: LIFECYCLE },
  { title: "Lookups", file: "provider/lookup/messages.ts", examples: LOOKUP },
  { title: "Templates of trackers", file: "provider/postback/messages.ts", examples: POSTBACK },
  { title: "CSV files", file: "provider/csv/messages.ts", examples: CSV },
  { title: "The sandbox", file: "provider/sandbox/messages.ts", examples: SANDBOX },
  { title: "Settings", file: "provider/settings/messages.ts", examples: SETTINGS },
  { title: "pulumi-cake adopt", file: "provider/cli/adopt/messages.ts", examples: ADOPT },
  { title: "pulumi-cake preflight", file: "provider/cli/preflight/messages.ts", examples: PREFLIGHT },
  { title: "pulumi-cake sandbox", file: "provider/cli/sandbox/messages.ts", examples: SANDBOX_COMMAND },
];
