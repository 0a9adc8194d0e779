import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { fingerprint, type Postback } from "../../../provider/postback/postback";
import { type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import { rows } from "../../host/support/postbacks";
import type { Bag } from "../../host/support/proto";
import { FakeClock } from "../../unit/http/fakeClock";
import { type Host, SessionHost } from "../matrix/hosts";
import { type Ended, type Program, Stack } from "./stack";

/** What a person may decide for a run, as messages tell them. */
export type Decisions = Readonly<Record<string, string>>;

/** Where a run is killed: when CAKE gets this request, before or after its effect. */
export interface KillPoint {
  readonly on: "create" | "update" | "list";
  readonly when: "before" | "after";
  /** How many such requests pass before it. */
  readonly after: number;
}

// Postbacks of others, which no run may touch.
const OTHERS = rows(3);

/** An instance of CAKE, a stack on it, and the machine on which its runs happen. */
export class Site {
  readonly stack = new Stack();
  /** What somebody took out of CAKE by hand. */
  readonly gone = new Set<number>();
  private readonly clock = new FakeClock(0.01);
  private readonly notes = mkdtempSync(join(tmpdir(), "cake-model-"));
  /** The key that the stack has, which may be an old one. */
  key: string;

  private constructor(private readonly sandbox: Awaited<ReturnType<typeof startSandbox>>) {
    this.key = this.cake.apiKey;
  }

  static async open(): Promise<Site> {
    return new Site(await startSandbox({ instances: { cake: { postbacks: OTHERS } } }));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.notes, { recursive: true, force: true });
  }

  get cake(): SandboxInstance {
    return this.sandbox.instance();
  }

  /** `pulumi up`, to its end. Whatever says that it succeeded must have. */
  async up(program: Program, decisions: Decisions = {}): Promise<Ended[]> {
    const ends = await this.stack.up(this.host(decisions), program, () => false);
    for (const end of ends) if (!end.refusal) this.expectDone(end, program);
    this.expectNothingTwice();
    return ends;
  }

  /** `pulumi up` that is killed on the way, if it comes there. Nothing of it goes on, and nobody hears of it. */
  async killedUp(program: Program, point: KillPoint): Promise<void> {
    const run = new Run();
    const end = this.killAt(point, run);
    const host = this.host({}, run, { "cake:concurrency": "1" });
    await Promise.race([this.stack.up(host, program, () => run.isOver), end]);
    run.isOver = true;
    this.expectNothingTwice();
  }

  async refresh(decisions: Decisions = {}): Promise<Ended[]> {
    const before = new Map(this.stack.resources);
    const ends = await this.stack.refresh(this.host(decisions));
    for (const [affiliateId, { id }] of before) {
      if (!this.stack.resources.has(affiliateId) && this.cake.postback(Number(id)))
        throw new Error(`A refresh dropped postback ${id}, which is live.`);
    }
    return ends;
  }

  /** Every row of this site's affiliates. */
  own(): Postback[] {
    return this.cake.postbacks().slice(OTHERS.length);
  }

  expectOthersUntouched(): void {
    expect(this.cake.postbacks().slice(0, OTHERS.length)).toEqual(OTHERS);
  }

  /** A killed request has no answer; the plan for it stays if the run does not come so far. */
  private killAt({ on, when, after }: KillPoint, run: Run): Promise<void> {
    return new Promise((resolve) => {
      let passed = 0;
      const isTheOne = () => {
        if (run.isOver || passed++ < after) return false;
        run.isOver = true;
        // Its effect, if there is to be one, comes in this turn.
        setImmediate(resolve);
        return true;
      };
      this.cake.misbehave({ on, fault: { kind: "hang", when }, where: isTheOne });
    });
  }

  private host(decisions: Decisions, run = new Run(), settings: Bag = {}): Host {
    const own = { "cake:domain": this.cake.url, "cake:apiKey": this.key, ...settings };
    const env = { CAKE_INTENTS_DIR: this.notes, ...decisions };
    const clock = {
      now: () => this.clock.now(),
      date: () => this.clock.date(),
      random: () => this.clock.random(),
      sleep: (ms: number) => run.goesOn(() => this.clock.sleep(ms)),
    };
    return new SessionHost(own, env, clock, () => run.goesOn(async () => undefined));
  }

  private expectDone({ affiliateId, step }: Ended, program: Program): void {
    const recorded = this.stack.resources.get(affiliateId);
    const declared = program.get(affiliateId);
    if (step === "none" || step === "delete" || declared === undefined) return;
    expect(this.cake.postback(Number(recorded?.id)), `${step} of affiliate ${affiliateId}`).toMatchObject({
      affiliateId,
      ...declared,
    });
  }

  private expectNothingTwice(): void {
    const seen = this.own().map((row) => fingerprint({ ...row, postbackTypeId: 1 }));
    expect(seen, "records of one postback").toEqual([...new Set(seen)]);
  }
}

/** One run of the engine and its process, which a kill ends. */
class Run {
  isOver = false;

  goesOn(what: () => Promise<void>): Promise<void> {
    return this.isOver ? new Promise(() => undefined) : what();
  }
}
