import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Postback } from "../../../provider/postback/postback";
import { type SandboxInstance, startSandbox } from "../../../provider/sandbox";
import { JOURNAL, postbackGoal, urnOf } from "../../engine/postbacks";
import { Processes } from "../../engine/processes";
import { type Ended, Run, type RunOptions } from "../../engine/run";
import { DEFAULT_PROVIDER, type Goal, Stack } from "../../engine/stack";
import { rows } from "../../host/support/postbacks";
import { secret } from "../../host/support/proto";
import { expectHeld } from "./promises";

/** What a program says of one postback. There is one for an affiliate. */
export interface Declared {
  readonly offerId: number;
  readonly postbackUrl: string;
  readonly postbackStatus: "active" | "inactive";
  /** @default a name made of the affiliate */
  readonly name?: string;
  /** Names that its aliases tell. */
  readonly formerNames?: readonly string[];
  /** A second provider for the same instance. */
  readonly provider?: "second";
  /** The live postback that it takes over, which may be left over from then. */
  readonly adopt?: number;
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
  stackName = "dev";
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
    const processes = await this.processes(options);
    try {
      const run = new Run(this.stack, processes, options);
      const course = this.course(run, this.goalsOf(program), options.refresh ?? false);
      const ends = await (options.kill ? this.killed(run, course, options.kill) : course);
      expectHeld({
        ...{ cake: this.cake, stack: this.stack, program, before, known, ends },
        goalOf: (affiliateId, declared) => this.goalOf(affiliateId, declared),
      });
      return ends;
    } finally {
      await processes.end();
    }
  }

  /** An `up` while another stack of this machine makes what is new in the program, too, and then gives it up. */
  async upBesideAnother(program: Program): Promise<void> {
    const isNew = (id: number, declared: Declared) => !this.stack.find(this.goalOf(id, declared));
    const others = [...program].flatMap(([id, declared]) =>
      isNew(id, declared) ? [this.goalOf(id, declared, "another")] : [],
    );
    const processes = await this.processes();
    try {
      await Promise.all([this.up(program), this.course(new Run(new Stack(), processes), others, false)]);
    } finally {
      await processes.end();
    }
  }

  goalOf(affiliateId: number, declared: Declared, stackName = this.stackName): Goal {
    const { name = `affiliate-${affiliateId}`, formerNames = [], provider, adopt } = declared;
    const inputs = { affiliateId, ...fieldsOf(declared), ...(adopt ? { adopt: { postbackId: adopt } } : {}) };
    const aliases = formerNames.map((former) => urnOf(stackName, former));
    return postbackGoal(stackName, name, inputs, { aliases, ...(provider ? { provider } : {}) });
  }

  /** `pulumi stack rename`. */
  rename(stackName: string): void {
    const before = `urn:pulumi:${this.stackName}::`;
    this.stack.rename((urn) => urn.replace(before, `urn:pulumi:${stackName}::`));
    this.stackName = stackName;
  }

  /** Every row of this site's affiliates. */
  own(): Postback[] {
    return this.cake.postbacks().slice(OTHERS.length);
  }

  private processes({ env, kill }: UpOptions = {}): Promise<Processes> {
    return Processes.open({
      settingsOf: (provider) => ({
        ...(provider === DEFAULT_PROVIDER ? {} : { "cake:name": provider }),
        ...{ "cake:domain": this.cake.url, "cake:apiKey": secret(this.key) },
        ...{ ...QUICK, ...(kill ? { "cake:concurrency": "1" } : {}) },
      }),
      env: { [JOURNAL]: this.journal, ...env },
    });
  }

  private goalsOf(program: Program): Goal[] {
    return [...program].map(([affiliateId, declared]) => this.goalOf(affiliateId, declared));
  }

  private async course(run: Run, goals: readonly Goal[], refresh: boolean): Promise<Ended[]> {
    const reads = refresh ? await run.refresh() : [];
    if (reads.some(({ refusal }) => refusal)) return reads;
    const steps = await Promise.all(goals.map((goal) => run.register(goal)));
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

/** What of a declaration CAKE is told. */
export function fieldsOf({ offerId, postbackUrl, postbackStatus }: Declared) {
  return { offerId, postbackUrl, postbackStatus };
}
