import { join } from "node:path";
import { expect } from "vitest";
import type { Postback, PostbackDeclaration } from "../../../provider/postback/postback";
import type { SandboxInstance } from "../../../provider/sandbox";
import { JOURNAL } from "../../engine/postbacks";
import { Processes } from "../../engine/processes";
import { type Ended, Run } from "../../engine/run";
import type { Resource, Stack } from "../../engine/stack";
import type { Door } from "../../host/support/doors";
import type { Refusal } from "../../host/support/failures";
import { REPOSITORY } from "../../host/support/process";
import type { Bag } from "../../host/support/proto";
import { writes } from "../../host/support/requests";
import { CANARY } from "../../host/support/secrets";
import type { World } from "../../host/support/world";
import { ESTATE, type Managed, managedBy, openEstate, recover } from "./estate";
import { expectedAfter, expectedUnder, isRead, type Outcome } from "./expected";
import { strikes } from "./faults";
import { classOf, remarksIn } from "./messages";
import { Sweep } from "./sweep";
import type { Course, End, FaultName, Left, Operation, Part } from "./table";

/** A list does not lag, and nothing waits for its turn. The time for an answer is ample, as the machine may be busy. */
const QUICK = {
  "cake:requestTimeout": "15",
  "cake:operationTimeout": "15",
  "cake:listLag": "0",
  "cake:callsPerSecond": "1000",
} as const;

/** The pauses before a further try are as long as ever to the process, and take no time. */
const NO_WAITS = {
  NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "quickClock.cjs"))}`,
  CLOCK_MODULE: join(REPOSITORY, "dist/http/clock.js"),
} as const;

/** Runs an operation under a fault and once more without it, and holds both to what the table says. */
export async function runCell(
  door: Door,
  fault: FaultName,
  operation: Operation,
  course: Course,
): Promise<Sweep> {
  await using world = await openEstate(door);
  const cell = new Cell(door, world, fault, operation);
  const { settings = () => ({}), begin, removes } = strikes[fault];

  begin?.({ cake: world.cake, call: callOf(operation), operation });
  cell.remember(removes);
  const under = await cell.run(settings(world.cake), false);
  expect(under, "under the fault").toEqual(expectedUnder(course, cell.resources));

  recover(world.cake);
  const after = await cell.run({}, true);
  expect(after, "when it is over").toEqual(expectedAfter(course, cell.resources));
  cell.expectConverged();
  return cell.sweep;
}

class Cell {
  readonly sweep = new Sweep();
  readonly resources: readonly Managed[];
  private readonly stack: Stack;
  private before: Postback[] = [];
  private elsewhere: Postback[] = [];
  private removed: number | undefined;
  private readonly lastWords = new Map<Part, string>();

  constructor(
    private readonly door: Door,
    private readonly world: World,
    fault: FaultName,
    private readonly operation: Operation,
  ) {
    if (fault === "blanking update" && operation !== "delete")
      declareInactive(world.cake, operation === "update" ? ESTATE.last : ESTATE.updated);
    const { resources, stack } = managedBy(operation, world.cake);
    this.resources = resources;
    this.stack = stack;
  }

  /** What there is at the instances before the operation. */
  remember(removed: number | undefined): void {
    this.before = this.world.cake.postbacks();
    this.elsewhere = this.world.instance("other").postbacks();
    this.removed = removed;
  }

  /** @param isNext Whether this is the next `pulumi up`, and what it leaves is refreshed. */
  async run(settings: Bag, isNext: boolean): Promise<Outcome> {
    const { world, sweep } = this;
    world.cake.forgetRequests();
    const ends: Partial<Record<Part, End>> = {};
    const processes = await this.processes(settings);
    let printed = "";
    try {
      const run = new Run(this.stack, processes, { continueOnError: true });
      for (const resource of this.resources) {
        const refusal = await this.step(run, resource, isNext);
        ends[resource.part] = refusal ? classOf(refusal.message) : "succeeds";
        this.lastWords.set(resource.part, refusal?.message ?? "");
        if (refusal) sweep.addError(refusal);
      }
    } finally {
      for (const provider of await processes.all()) {
        sweep.add(provider, world.journal);
        printed += provider.printed;
      }
      await processes.end();
    }
    sweep.expectClean();
    this.expectNothingElse();
    const sent = writes(world.cake).length;
    if (isNext) return { ends, sent, remarks: remarksIn(printed) };
    const leaves = Object.fromEntries(this.resources.flatMap((one) => this.leftOf(one)));
    return { ends, sent, leaves, remarks: remarksIn(printed) };
  }

  private processes(settings: Bag): Promise<Processes> {
    const { url } = this.world.cake;
    const own: Bag = { "cake:domain": url, "cake:apiKey": CANARY, ...QUICK, ...settings };
    const given = Object.entries(own).filter(([, value]) => value !== undefined);
    return Processes.open({
      door: this.door,
      settingsOf: () => Object.fromEntries(given),
      env: { [JOURNAL]: this.world.journal, ...NO_WAITS },
    });
  }

  private async step(run: Run, resource: Managed, isNext: boolean): Promise<Refusal | undefined> {
    const recorded = this.recorded(resource);
    if (isRead(resource.part)) return this.refresh(run, recorded);
    const { refusal } = resource.isDeclared
      ? await run.register(resource.goal)
      : await (recorded ? run.remove(recorded) : nothing);
    const isDropped = resource.isDeclared && recorded !== undefined && !this.recorded(resource);
    expect(isDropped, "a postback dropped from the state").toBe(false);
    return refusal ?? (isNext ? this.refresh(run, this.recorded(resource)) : undefined);
  }

  private async refresh(run: Run, recorded: Resource | undefined): Promise<Refusal | undefined> {
    const [ended] = await run.refresh(recorded ? [recorded] : []);
    return ended?.refusal;
  }

  private recorded({ goal }: Managed): Resource | undefined {
    return this.stack.find(goal);
  }

  /** When the fault is over, each resource is at CAKE once and as declared, or a message has named what to decide. */
  expectConverged(): void {
    for (const resource of this.resources) {
      const words = this.lastWords.get(resource.part);
      if (words === "") this.expectSettled(resource);
      else this.expectNamed(resource, words ?? "");
    }
  }

  private expectSettled(resource: Managed): void {
    const { part } = resource;
    const recorded = this.recorded(resource);
    if (part === "delete") {
      expect(recorded, "the state after the delete").toBeUndefined();
    } else {
      const row = this.world.cake.postback(Number(recorded?.id));
      expect(row, `the live postback of "${part}"`).toMatchObject(liveFieldsOf(recorded?.outputs ?? {}));
    }
    if (!isRead(part)) expect(Object.fromEntries(this.leftOf(resource))).toEqual({ [part]: "done" });
  }

  // Whatever the operation made is in the state, or named to the person who has to decide.
  private expectNamed(resource: Managed, words: string): void {
    const { part } = resource;
    const recorded = this.recorded(resource);
    const made = [...this.world.cake.postbacks(), ...this.world.instance("other").postbacks()].filter(
      ({ postbackId }) => postbackId > ESTATE.last,
    );
    if (part !== "create" || made.length === 0) return;
    const known = made.some(
      ({ postbackId }) =>
        String(postbackId) === recorded?.id || new RegExp(`postback ${postbackId}\\b`).test(words),
    );
    expect(known, "whether the postback that was made is in the state or in the message").toBe(true);
  }

  // No record twice, and none touched that the operation is not about.
  private expectNothingElse(): void {
    const { cake } = this.world;
    const other = this.world.instance("other");
    for (const rows of [cake.postbacks(), other.postbacks()]) {
      const marks = rows.map(({ postbackId: _, ...row }) => JSON.stringify(row));
      expect(marks.length, "a postback twice").toBe(new Set(marks).size);
    }
    const own = new Set(
      this.resources.flatMap((one) => (isRead(one.part) ? [] : (this.recorded(one)?.id ?? []))),
    );
    const strangers = this.before.filter(
      ({ postbackId }) =>
        postbackId !== this.removed && postbackId <= ESTATE.last && !this.isOwn(postbackId, own),
    );
    for (const row of strangers) expect(cake.postback(row.postbackId)).toEqual(row);
    for (const row of this.elsewhere) expect(other.postback(row.postbackId)).toEqual(row);
  }

  private isOwn(postbackId: number, recorded: ReadonlySet<string>): boolean {
    const deleted = this.operation === "delete" ? ESTATE.last : ESTATE.deleted;
    const isDeleted = this.operation === "delete" || this.operation === "list";
    return recorded.has(String(postbackId)) || (isDeleted && postbackId === deleted);
  }

  private leftOf(resource: Managed): [Part, Left][] {
    const { cake } = this.world;
    const { part } = resource;
    const { inputs: declared } = resource.goal;
    const recorded = this.recorded(resource);
    if (part === "create") return [[part, this.leftOfCreate(declared as unknown as PostbackDeclaration)]];
    if (part !== "update" && part !== "delete") return [];
    const id =
      part === "delete" && this.operation === "list" ? ESTATE.deleted : Number(recorded?.id ?? ESTATE.last);
    const before = this.before.find(({ postbackId }) => postbackId === id);
    if (before === undefined) throw new Error(`There was no postback ${id}.`);
    const wanted =
      part === "delete"
        ? { ...before, postbackStatus: "inactive" }
        : { ...before, ...liveFieldsOf(declared) };
    const row = cake.postback(id);
    return [[part, equal(row, before) ? "before" : equal(row, wanted) ? "done" : "spoilt"]];
  }

  private leftOfCreate(declaration: PostbackDeclaration): Left {
    const before = new Map(this.before.map((row) => [row.postbackId, row]));
    const twins = this.world.cake
      .postbacks()
      .filter((row) => isTwin(row, declaration) && !equal(row, before.get(row.postbackId)));
    const [twin] = twins;
    if (twins.length > 1) throw new Error("The postback was created twice.");
    if (twin && before.has(twin.postbackId)) return "overwritten";
    if (twin) return twin.postbackStatus === declaration.postbackStatus ? "done" : "spoilt";
    const strays = this.world
      .instance("other")
      .postbacks()
      .filter((row) => isTwin(row, declaration));
    return strays.length > 0 ? "elsewhere" : "before";
  }
}

// An update that blanks what it was not sent puts the status back to active.
function declareInactive(cake: SandboxInstance, postbackId: number): void {
  cake.edit(postbackId, { postbackStatus: "inactive" });
}

function isTwin(row: Postback, declared: PostbackDeclaration): boolean {
  const { affiliateId, offerId, postbackUrl } = declared;
  return row.affiliateId === affiliateId && row.offerId === offerId && row.postbackUrl === postbackUrl;
}

const nothing: Promise<Partial<Ended>> = Promise.resolve({});

function callOf(operation: Operation): "create" | "update" | "list" {
  return operation === "delete" ? "update" : operation === "read" ? "list" : operation;
}

function liveFieldsOf(bag: Record<string, unknown>): Record<string, unknown> {
  const { affiliateId, offerId, postbackUrl, postbackStatus } = bag;
  return { affiliateId, offerId, postbackUrl, postbackStatus };
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
