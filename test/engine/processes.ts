import { HostClient } from "../host/support/client";
import type { Door } from "../host/support/doors";
import { type Engine, openEngine } from "../host/support/engine";
import { type Environment, HostProcess, REPOSITORY } from "../host/support/process";
import type { Bag } from "../host/support/proto";

/** One provider process and the way to talk to it. */
export class Provider extends HostClient {
  constructor(
    port: number,
    door: Door,
    readonly process: HostProcess,
    private readonly engine: Engine | undefined,
  ) {
    super(port, door);
  }

  get printed(): string {
    const heard = this.engine?.logs.map(({ text }) => `${text}\n`) ?? [];
    return this.process.stdout + this.process.stderr + heard.join("");
  }

  /** All that ever came out of it. */
  get everything(): string {
    return [...this.answers, this.printed].join("\n");
  }

  async end(): Promise<void> {
    this.close();
    await this.process.end();
  }
}

export interface ProcessesOptions {
  /** @default "dynamic" */
  readonly door?: Door | undefined;
  readonly settingsOf: (provider: string) => Bag;
  readonly env: Environment;
  readonly cwd?: string;
  /** From where the SDK is found. @default the repository */
  readonly sdk?: string;
  /** Where the engine listens that there is already. @default one that only accepts connections */
  readonly engineAddress?: string;
}

/** The provider processes of one run: each starts when it is first needed, and all have the same engine address. */
export class Processes {
  private readonly started = new Map<string, Promise<Provider>>();

  private constructor(
    private readonly engine: Engine | undefined,
    private readonly options: ProcessesOptions,
  ) {}

  static async open(options: ProcessesOptions): Promise<Processes> {
    return new Processes(
      options.engineAddress ? undefined : await openEngine(options.door ?? "dynamic"),
      options,
    );
  }

  of(provider: string): Promise<Provider> {
    const known = this.started.get(provider);
    if (known) return known;
    const starting = this.start(provider);
    this.started.set(provider, starting);
    return starting;
  }

  all(): Promise<Provider[]> {
    return Promise.all(this.started.values());
  }

  /** The engine is gone: nothing accepts a connection at its address. Its processes live on. */
  async killEngine(): Promise<void> {
    await this.engine?.close();
  }

  async end(): Promise<void> {
    const all = await Promise.allSettled(this.started.values());
    await Promise.all(all.map((one) => (one.status === "fulfilled" ? one.value.end() : undefined)));
    await this.killEngine();
  }

  private async start(provider: string): Promise<Provider> {
    const { settingsOf, env, cwd = REPOSITORY, sdk, door = "dynamic" } = this.options;
    const engineAddress = this.engine?.address ?? this.options.engineAddress ?? "";
    const process = HostProcess.start({ door, cwd, env, engineAddress, sdk });
    try {
      const started = new Provider(await process.port(), door, process, this.engine);
      if (door === "plugin") await started.handshake(engineAddress);
      await started.configure(settingsOf(provider));
      return started;
    } catch (error) {
      await process.end();
      throw error;
    }
  }
}
