import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { inputs, rows, stateOf, URL_B, without } from "../../host/support/postbacks";
import type { Bag } from "../../host/support/proto";
import { type Host as HostProcess, World } from "../../host/support/world";
import { inTest, type Host as Served } from "../matrix/hosts";
import { isSoak } from "../soak";

/** What dies: the provider process, or the engine, which the process outlives. */
export const VICTIMS = ["host", "engine"] as const;
export type Victim = (typeof VICTIMS)[number];

type Host = Pick<Served, "create" | "read" | "update" | "delete" | "diff">;

export const OPERATIONS = ["create", "update", "delete", "replace"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The stack as the engine has it: what an operation that was answered has left. */
interface Stack {
  /** The postback of each resource, by its name. */
  readonly states: Map<string, { id: string; outs: Bag }>;
}

const OLD = inputs({ affiliateId: 1000 });
const MOVED = inputs({ affiliateId: 1000, postbackUrl: URL_B });
const NEW = inputs({ affiliateId: 77 });
// A list need not be waited for here, and nothing else takes time.
const SETTINGS = { "cake:listLag": "0" };

/** What `up` does to the stack; what is done already is left out, as the engine would. */
const UPS: Readonly<Record<Operation, (host: Host, stack: Stack) => Promise<void>>> = {
  create: (host, stack) => ensureCreated(host, stack, "new"),
  update: async (host, { states }) => {
    const old = states.get("old");
    if (old === undefined) throw new Error("The stack has lost its postback.");
    if ((await host.diff(old.id, old.outs, MOVED)).changes !== true) return;
    states.set("old", { id: old.id, outs: (await host.update(old.id, old.outs, MOVED)).outs });
  },
  delete: ensureDeleted,
  replace: async (host, stack) => {
    await ensureCreated(host, stack, "new");
    await ensureDeleted(host, stack);
  },
};

async function ensureCreated(host: Host, { states }: Stack, name: string): Promise<void> {
  if (!states.has(name)) states.set(name, await host.create(NEW));
}

async function ensureDeleted(host: Host, { states }: Stack): Promise<void> {
  const old = states.get("old");
  if (old === undefined) return;
  await host.delete(old.id, old.outs);
  states.delete("old");
}

/** How many steps an operation has, at each of which its victim may die. */
export async function stepsOf(operation: Operation): Promise<number> {
  const { reached } = await trial(operation, "host", 0);
  return reached;
}

/**
 * Runs an operation whose victim dies at its n-th step (0: never), then a plain `up` on the same machine.
 * Expects that it converges: one record for each postback, as declared, and nothing left to do.
 */
export async function trial(operation: Operation, victim: Victim, at: number): Promise<{ reached: number }> {
  await using world = await World.open({ instances: { cake: { postbacks: rows(3) } } });
  const folder = mkdtempSync(join(tmpdir(), "cake-kill-"));
  try {
    const { cake } = world;
    let stack: Stack = { states: new Map([["old", { id: "1", outs: stateOf(cake, 1) }]]) };
    const env = {
      NODE_OPTIONS: `--require ${join(__dirname, "killer.cjs")}`,
      ...{ KILL_AT: String(at), KILL_WHAT: victim, KILL_FOLDER: folder },
    };
    const first = await world.host({ env, settings: SETTINGS });
    const run = UPS[operation](first, stack).catch(() => undefined);
    const known = victim === "engine" && at > 0 ? await killEngine(first, folder, run, stack) : undefined;
    await run;
    // An answer that comes after its death, the engine never hears.
    if (known) stack = known;
    if (at > 0) await first.end();

    // The one that died was a real process; the one after it may be a session in this one, which is the same code.
    const settings = { ...SETTINGS, "cake:apiKey": cake.apiKey };
    const second = isSoak ? await world.host({ settings }) : await inTest(world, settings);
    await UPS[operation](second, stack);
    await expectConverged(operation, second, stack, world);
    return { reached: Number(readFileSync(join(folder, "count"), "utf8")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the stack was when the engine died. */
async function killEngine(
  host: HostProcess,
  folder: string,
  run: Promise<void>,
  { states }: Stack,
): Promise<Stack> {
  let isOver = false;
  void run.then(() => {
    isOver = true;
  });
  while (!existsSync(join(folder, "reached")) && !isOver) await pause(5);
  const known = new Map(states);
  await host.engine.close();
  writeFileSync(join(folder, "go"), "");
  return { states: known };
}

async function expectConverged(
  operation: Operation,
  host: Host,
  { states }: Stack,
  { cake }: World,
): Promise<void> {
  const isMade = operation === "create" || operation === "replace";
  const isGone = operation === "delete" || operation === "replace";
  const made = cake.postbacks().filter(({ affiliateId }) => affiliateId === 77);
  expect(made.map(({ postbackStatus }) => postbackStatus)).toEqual(isMade ? ["active"] : []);
  const old = cake.postback(1);
  expect(old?.postbackStatus).toBe(isGone ? "inactive" : "active");
  expect(old?.postbackUrl).toBe(operation === "update" ? URL_B : OLD.postbackUrl);
  expect(cake.postbacks().slice(1, 3)).toEqual(rows(3).slice(1));

  const declared: Record<string, Bag> = { new: NEW, old: operation === "update" ? MOVED : OLD };
  for (const [name, { id, outs }] of states) {
    const { changes } = await host.diff(id, outs, declared[name] ?? {});
    expect(changes, `an empty preview of ${name}`).toBe(false);
    // The process adds the text of the provider to what the session answers.
    const { props } = await host.read(id, outs);
    expect(without(props, "__provider")).toEqual(without(outs, "__provider"));
  }
}
