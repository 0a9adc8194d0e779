import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import { JOURNAL, postbackGoal, postbackKept } from "../../engine/postbacks";
import { Processes } from "../../engine/processes";
import { type Ended, Run } from "../../engine/run";
import { type Goal, Stack } from "../../engine/stack";
import type { Door } from "../../host/support/doors";
import { rows, URL_A, URL_B } from "../../host/support/postbacks";
import { secret } from "../../host/support/proto";
import { isLong } from "../../long";

/** What dies: the provider process, or the engine, which the process outlives. */
export const VICTIMS = ["host", "engine"] as const;
export type Victim = (typeof VICTIMS)[number];

const OLD = postbackGoal("dev", "old", { affiliateId: 1000 });
const CHANGED = postbackGoal("dev", "old", { affiliateId: 1000, postbackUrl: URL_B });
const MOVED = postbackGoal("dev", "old", { affiliateId: 77 });
const NEW = postbackGoal("dev", "new", { affiliateId: 77 });

/** What the program is when the run is killed. Before that, it was the old postback alone. */
const PROGRAMS = {
  create: [OLD, NEW],
  update: [CHANGED],
  delete: [],
  replace: [MOVED],
} as const satisfies Record<string, readonly Goal[]>;

export type Operation = keyof typeof PROGRAMS;
export const OPERATIONS = Object.keys(PROGRAMS) as Operation[];

/** How many steps an operation has, at each of which its victim may die. */
export async function stepsOf(door: Door, operation: Operation): Promise<number> {
  const { reached } = await trial(door, operation, "host", 0);
  return reached;
}

/**
 * Runs an operation whose victim dies at its n-th step (0: never), then a plain `up` on the same machine.
 * Expects that it converges: one record for each postback, as declared, and nothing left to do.
 */
export async function trial(
  door: Door,
  operation: Operation,
  victim: Victim,
  at: number,
): Promise<{ reached: number }> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks: rows(3) } } });
  const folder = mkdtempSync(join(tmpdir(), "cake-kill-"));
  const machine = new Machine(door, sandbox.instance(), join(folder, "journal"));
  const killer = {
    NODE_OPTIONS: `--require ${join(__dirname, "killer.cjs")}`,
    ...{ KILL_AT: String(at), KILL_WHAT: victim, KILL_FOLDER: folder },
  };
  try {
    const program = PROGRAMS[operation];
    machine.stack.put(postbackKept(OLD, machine.cake, 1));
    await machine.up(program, killer, (run, course) => watch(run, course, folder));
    const ends = await machine.up(program);
    expect(
      ends.flatMap(({ refusal }) => refusal?.message ?? []),
      "the run after the kill",
    ).toEqual([]);
    await expectConverged(operation, machine);
    return { reached: Number(readFileSync(join(folder, "count"), "utf8")) };
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A stack and the machine on which it is run, one run after the other. */
class Machine {
  readonly stack = new Stack();

  constructor(
    private readonly door: Door,
    readonly cake: SandboxInstance,
    private readonly journal: string,
  ) {}

  /** A run of the program. It may be watched, and killed, while it is under way. */
  async up(
    program: readonly Goal[],
    env: Readonly<Record<string, string>> = {},
    watched: (run: Run, course: Promise<Ended[]>) => Promise<void> = async () => undefined,
    refresh = false,
  ): Promise<Ended[]> {
    const processes = await this.processes(env);
    try {
      const run = new Run(this.stack, processes);
      const course = courseOf(run, program, refresh);
      await watched(run, course);
      return await course;
    } finally {
      await processes.end();
    }
  }

  private processes(env: Readonly<Record<string, string>>): Promise<Processes> {
    const { url, apiKey } = this.cake;
    // A list need not be waited for here, and nothing else takes time.
    const settings = { "cake:domain": url, "cake:apiKey": secret(apiKey), "cake:listLag": "0" };
    return Processes.open({
      door: this.door,
      settingsOf: () => settings,
      env: { [JOURNAL]: this.journal, ...env },
    });
  }
}

async function courseOf(run: Run, program: readonly Goal[], refresh: boolean): Promise<Ended[]> {
  const reads = refresh ? await run.refresh() : [];
  const steps = await Promise.all(program.map((goal) => run.register(goal)));
  return [...reads, ...steps, ...(await run.finish())];
}

/** Sees the victim die. A host that died tells nothing; an engine that died hears nothing. */
async function watch(run: Run, course: Promise<Ended[]>, folder: string): Promise<void> {
  let isOver = false;
  void course.then(() => {
    isOver = true;
  });
  const reached = join(folder, "reached");
  while (!existsSync(reached) && !isOver) await pause(5);
  if (!existsSync(reached)) return;
  run.isKilled = true;
  await run.processes.killEngine();
  writeFileSync(join(folder, "go"), "");
}

async function expectConverged(operation: Operation, machine: Machine): Promise<void> {
  const { cake } = machine;
  const isMade = operation === "create" || operation === "replace";
  const isGone = operation === "delete" || operation === "replace";
  const made = cake.postbacks().filter(({ affiliateId }) => affiliateId === 77);
  expect(made.map(({ postbackStatus }) => postbackStatus)).toEqual(isMade ? ["active"] : []);
  const old = cake.postback(1);
  expect(old?.postbackStatus).toBe(isGone ? "inactive" : "active");
  expect(old?.postbackUrl).toBe(operation === "update" ? URL_B : URL_A);
  expect(cake.postbacks().slice(1, 3)).toEqual(rows(3).slice(1));

  if (!isLong) return;
  const outputs = () => machine.stack.resources.map((one) => one.outputs);
  const before = outputs();
  const ends = await machine.up(PROGRAMS[operation], {}, undefined, true);
  expect(ends.filter(({ step, refusal }) => (step !== "same" && step !== "read") || refusal)).toEqual([]);
  expect(outputs(), "the state after a refresh").toEqual(before);
}
