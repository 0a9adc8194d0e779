import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ProviderContext } from "../../../provider/lifecycle/context";
import type { Inputs, State } from "../../../provider/lifecycle/state";
import type { Postback } from "../../../provider/postback/postback";
import { urlParts } from "../../../provider/postback/url";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import { FakeClock } from "../http/fakeClock";

export const KEY = "key-4711";

type Texts = Readonly<Record<string, string | undefined>>;

export interface Opening {
  /** Settings of the stack without their `cake:`. They win over those that reach the sandbox. */
  readonly config?: Texts;
  readonly env?: Texts;
}

/** A session, and what became visible of it. */
export interface Opened {
  readonly session: ProviderContext;
  readonly clock: FakeClock;
  /** What the user was told. */
  readonly told: string[];
  /** How often leave to write was asked for. */
  readonly writes: { asked: number };
}

/** A session as one host process has it: nothing in it sleeps, and its environment is only what is given. */
export function opened({ config = {}, env = {} }: Opening = {}): Opened {
  const clock = new FakeClock();
  const told: string[] = [];
  const writes = { asked: 0 };
  const session = new ProviderContext({
    config: (key) => config[key.replace(/^cake:/, "")],
    env: { CAKE_INTENTS_DIR: notesFolder(), ...env },
    clock,
    tell: (text) => told.push(text),
    permitWrite: async () => {
      writes.asked += 1;
    },
  });
  return { session, clock, told, writes };
}

/** A folder for the notes about creates that is gone with the test. */
export function notesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-notes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A sandbox for one test, and sessions on it. Each session is another process: another preview, up or refresh. */
export async function startCake(options: InstanceOptions = {}) {
  const sandbox = await startSandbox({ instances: { us: { apiKey: KEY, ...options }, other: {} } });
  onTestFinished(() => sandbox.close());
  const cake = sandbox.instance("us");
  // All sessions run on one machine: what one has noted, the next one finds.
  const notes = notesFolder();
  const run = ({ config = {}, env = {} }: Opening = {}) =>
    opened({
      config: { domain: cake.url, apiKey: KEY, ...config },
      env: { CAKE_INTENTS_DIR: notes, ...env },
    });
  return { cake, other: sandbox.instance("other"), run, notes };
}

/** Requests by what they were for: whole lists, lists of some rows, and writes. */
export function callsOf(cake: SandboxInstance) {
  const lists = cake.requests.filter(({ operation }) => operation === "list");
  const whole = lists.filter(
    ({ fields }) => !["postback_id", "affiliate_id", "offer_id"].some((name) => name in fields),
  );
  return {
    create: cake.calls("create"),
    update: cake.calls("update"),
    list: whole.length,
    filtered: lists.length - whole.length,
  };
}

export const URL = "https://tracker.example/postback?cid=#s2#&payout=#price#&token=s3cr3t";
export const NEW_URL = "https://tracker.example/v2?cid=#s2#&payout=#price#&token=s3cr3t";

export function inputsOf(changes: Partial<Inputs> = {}): Inputs {
  return {
    ...{ affiliateId: 67890, offerId: 12345, postbackUrl: URL, postbackStatus: "active", postbackTypeId: 1 },
    __origin: "origin-1",
    ...changes,
  };
}

export function rowOf(postbackId: number, changes: Partial<Postback> = {}): Postback {
  return {
    ...{ postbackId, affiliateId: 67890, offerId: 12345, postbackUrl: URL },
    ...{ postbackStatus: "active", postbackType: "Server" },
    ...changes,
  };
}

/** The state that Pulumi has of a record as it is. */
export function stateOf(row: Postback, domain: string, changes: Partial<State> = {}): State {
  return { ...row, postbackTypeId: 1, urlParts: urlParts(row.postbackUrl), domain, ...changes };
}

/** Many rows that are no twins of anything. */
export function otherRows(count: number, firstId = 1): Postback[] {
  return Array.from({ length: count }, (_, index) =>
    rowOf(firstId + index, { affiliateId: 1 + (index % 50), postbackUrl: `https://o.example/?n=${index}` }),
  );
}

/** What an operation fails with. */
export async function failure(promise: Promise<unknown> | (() => unknown)): Promise<Error> {
  const thrown = await new Promise<unknown>((resolve) =>
    resolve(typeof promise === "function" ? promise() : promise),
  )
    .then(() => new Error("It did not fail."))
    .catch((error: unknown) => error);
  return thrown instanceof Error ? thrown : new Error(`Not an Error: ${String(thrown)}`);
}
