import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ProviderContext } from "../../../provider/lifecycle/context";
import { create } from "../../../provider/lifecycle/create";
import {
  type CreateSubject,
  headLine,
  type Made,
  type Phase,
  pairPrefix,
  phaseLine,
  subjectHash,
} from "../../../provider/lifecycle/journal/entry";
import { type ProcessIdentity, thisProcess } from "../../../provider/lifecycle/journal/processIdentity";
import { declarationOf, type Inputs, type State } from "../../../provider/lifecycle/state";
import type { Postback } from "../../../provider/postback/postback";
import { urlParts } from "../../../provider/postback/url";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import type { FaultPoint } from "../../../provider/sandbox/faults";
import { FakeClock } from "../http/fakeClock";

const KEY = "key-4711";

type Texts = Readonly<Record<string, string | undefined>>;

export interface Opening {
  /** Settings of the stack without their `cake:`. They win over those that reach the sandbox. */
  readonly config?: Texts;
  readonly env?: Texts;
  /** The address of the engine: processes of one run have the same one. @default another one for each process */
  readonly engine?: string;
}

/** What one provider process has, and what became visible of it. */
export interface Opened {
  readonly context: ProviderContext;
  readonly clock: FakeClock;
  /** What the user was told. */
  readonly told: string[];
  /** How often a write asked whether the engine is still there. */
  readonly writes: { asked: number };
}

let engines = 0;

/** One provider process: nothing in it sleeps, and its environment is only what is given. */
export function opened({ config = {}, env = {}, engine }: Opening = {}): Opened {
  const clock = new FakeClock();
  const told: string[] = [];
  const writes = { asked: 0 };
  engines += 1;
  const context = new ProviderContext({
    config: (key) => config[key.replace(/^cake:/, "")],
    env: { CAKE_JOURNAL_DIR: journalFolder(), ...env },
    clock,
    log: (_, text) => told.push(text),
    engine: engine ?? `127.0.0.1:${10_000 + engines}`,
    requireEngine: async () => {
      writes.asked += 1;
    },
  });
  return { context, clock, told, writes };
}

/** A folder for the journal that is gone with the test. */
export function journalFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type World = Awaited<ReturnType<typeof startCake>>;

/** A sandbox for one test, and provider processes on one machine: what one has written down, the next one finds. */
export async function startCake(options: InstanceOptions = {}) {
  const sandbox = await startSandbox({ instances: { us: { apiKey: KEY, ...options }, other: {} } });
  onTestFinished(() => sandbox.close());
  const cake = sandbox.instance("us");
  const journal = journalFolder();
  const run = ({ config = {}, env = {}, ...more }: Opening = {}) =>
    opened({
      config: { domain: cake.url, apiKey: KEY, ...config },
      env: { CAKE_JOURNAL_DIR: journal, ...env },
      ...more,
    });
  return { cake, other: sandbox.instance("other"), run, journal };
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
/** The identity of a resource, as the door of the engine hands it over. */
export const URN = "urn-1";
export const OTHER_URN = "urn-2";

export const WITHOUT_LIST = { config: { endpoints: "without-list" } };
export const DOCUMENTED = { config: { endpoints: "documented" } };

export function inputsOf(changes: Partial<Inputs> = {}): Inputs {
  return {
    ...{ affiliateId: 67890, offerId: 12345, postbackUrl: URL, postbackStatus: "active", postbackTypeId: 1 },
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

/** Many rows that are no duplicates of anything. */
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

// ---- Runs that are killed ------------------------------------------------------------------------------------------

/** A process of this machine that has ended: no process has this number. */
export const DEAD: Partial<ProcessIdentity> = { pid: 2 ** 22 + 1, started: "1" };

/** The names of the journal's entries. */
export function entriesIn(journal: string): string[] {
  return readdirSync(journal).filter((name) => name !== "runs");
}

/** Makes the machine believe that the processes that wrote the journal have ended, or that they are these. */
export function bury(journal: string, process: Partial<ProcessIdentity> = DEAD): void {
  for (const name of entriesIn(journal)) {
    const [head = "", ...more] = readFileSync(join(journal, name), "utf8").split("\n");
    const content = JSON.parse(head) as { process: ProcessIdentity };
    const changed = { ...content, process: { ...content.process, ...process } };
    writeFileSync(join(journal, name), [JSON.stringify(changed), ...more].join("\n"));
  }
}

/**
 * A run whose process is killed when CAKE has, or has not yet, made the postback, and before the answer is there. Where
 * the process looks what became of its request, it is no longer there.
 */
export async function killedWhileCreating(
  { cake, run, journal }: World,
  when: FaultPoint,
  { urn = URN, inputs = inputsOf(), config = {} }: { urn?: string; inputs?: Inputs; config?: Texts } = {},
): Promise<void> {
  const { context, clock } = run({ config });
  cake.injectFault({ on: "create", fault: { kind: "reset", when } });
  const sent = cake.calls("create");
  const sleep = clock.sleep.bind(clock);
  clock.sleep = (ms) => (cake.calls("create") > sent ? Promise.reject(new Error("killed")) : sleep(ms));
  await failure(create(context, urn, inputs));
  bury(journal);
}

export interface Left {
  readonly phase: Phase;
  readonly made?: Made;
  readonly urn?: string | undefined;
  readonly inputs?: Inputs;
  readonly before?: number[];
  readonly process?: Partial<ProcessIdentity>;
}

/** Places the entry that a create has left which ended between two of its steps. Gives its name. */
export function leaveEntry(journal: string, domain: string, left: Left): string {
  const { phase, made, inputs = inputsOf(), before = [], process = DEAD } = left;
  const urn = "urn" in left ? left.urn : URN;
  const declaration: CreateSubject["declaration"] = declarationOf(inputs);
  engines += 1;
  const unique = engines.toString(16).padStart(16, "0");
  const name = `${pairPrefix(domain, declaration)}${subjectHash(declaration)}-${unique}`;
  const { affiliateId, offerId } = declaration;
  const self = { ...thisProcess(), ...process };
  const head = headLine({ domain, affiliateId, offerId, urn, engine: "127.0.0.1:9", process: self, before });
  const sent = phase === "taken" ? "" : phaseLine("sent");
  writeFileSync(join(journal, name), head + sent + (phase === "made" ? phaseLine("made", made) : ""));
  return name;
}
