import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Postback } from "../../../provider/postback/postback";
import { type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import { JOURNAL, postbackGoal } from "../../engine/postbacks";
import { Processes } from "../../engine/processes";
import { type Ended, Run, type RunOptions } from "../../engine/run";
import { type Goal, Stack } from "../../engine/stack";
import { rows } from "../../host/support/postbacks";
import { type Bag, secret } from "../../host/support/proto";
import { expectHeld } from "./promises";

/** What a program says of one postback. There is one for an affiliate, which stands for its name. */
export interface Declared {
  readonly offerId: number;
  readonly postbackUrl: string;
  readonly postbackStatus: "active" | "inactive";
}

export type Program = ReadonlyMap<number, Declared>;

/** Where a run is killed: when CAKE gets this request, before or after its effect. */
export interface KillPoint {
  readonly on: "create" | "update" | "list";
  readonly when: "before" | "after";
  /** How many such requests pass before it. */
  readonly after: number;
  /** Whether the provider process outlives the engine. */
  readonly outlives: boolean;
}

/** What a person decides for a run, and how the run is asked for. */
export interface UpOptions extends RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Bag;
  readonly refresh?: boolean;
  readonly kill?: KillPoint;
}

// Postbacks of others, which no run may touch.
export const OTHERS = rows(3);

// A list does not lag, and what is throttled gives up soon.
const QUICK = {
  "cake:requestTimeout": "15",
  "cake:operationTimeout": "3",
  "cake:listLag": "0",
  "cake:callsPerSecond": "1000",
} as const;

/** An instance of CAKE, a stack on it, and the machine on which its runs happen. */
export class Site {
  readonly stack = new Stack();
  /** What somebody took out of CAKE by hand. */
  readonly gone = new Set<number>();
  private readonly journal = mkdtempSync(join(tmpdir(), "cake-model-"));
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
    rmSync(this.journal, { recursive: true, force: true });
  }

  get cake(): SandboxInstance {
    return this.sandbox.instance();
  }

  /** `pulumi up --skip-preview`, to its end or to its kill. Whatever it says and does must hold. */
  async up(program: Program, options: UpOptions = {}): Promise<Ended[]> {
    const before = this.cake.postbacks();
    const known = [...this.stack.resources];
    const processes = await Processes.open({
      settingsOf: () => ({
        ...{ "cake:domain": this.cake.url, "cake:apiKey": secret(this.key) },
        ...{ ...QUICK, ...options.settings, ...(options.kill ? { "cake:concurrency": "1" } : {}) },
      }),
      env: { [JOURNAL]: this.journal, ...options.env },
    });
    try {
      const run = new Run(this.stack, processes, options);
      const course = this.course(run, program, options.refresh ?? false);
      const ends = await (options.kill ? this.killed(run, course, options.kill) : course);
      expectHeld({ cake: this.cake, stack: this.stack, program, before, known, ends });
      return ends;
    } finally {
      await processes.end();
    }
  }

  /** Every row of this site's affiliates. */
  own(): Postback[] {
    return this.cake.postbacks().slice(OTHERS.length);
  }

  private async course(run: Run, program: Program, refresh: boolean): Promise<Ended[]> {
    const reads = refresh ? await run.refresh() : [];
    if (reads.some(({ refusal }) => refusal)) return reads;
    const steps = await Promise.all([...program].map(([id, what]) => run.register(goalOf(id, what))));
    return [...reads, ...steps, ...(await run.finish())];
  }

  /** The engine dies when CAKE gets the request; nothing of the run goes on, or its process only learns of it. */
  private async killed(run: Run, course: Promise<Ended[]>, point: KillPoint): Promise<Ended[]> {
    let passed = 0;
    const { on, when, after } = point;
    const hold = this.cake.pause(on, { when, where: () => passed++ >= after });
    const reached = hold.arrived.then(async () => {
      run.isKilled = true;
      await (point.outlives ? run.processes.killEngine() : run.processes.end());
      hold.release();
    });
    // A run that ends without coming to the point releases what nobody waits for any more.
    reached.catch(() => undefined);
    const ends = await course;
    hold.release();
    await reached.catch(() => undefined);
    return ends;
  }
}

export function goalOf(affiliateId: number, declared: Declared): Goal {
  return postbackGoal("dev", `affiliate-${affiliateId}`, { affiliateId, ...declared });
}
