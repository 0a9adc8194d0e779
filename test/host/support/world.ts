import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxInstance, type SandboxOptions, startSandbox } from "../../../provider/sandbox";
import { HostClient } from "./client";
import type { Door } from "./doors";
import { type Engine, openEngine } from "./engine";
import { type Environment, HostProcess, REPOSITORY } from "./process";
import { type Bag, secret } from "./proto";

export interface HostOptions {
  /** @default the one of its world */
  readonly door?: Door;
  /** Settings beside the domain and the key of the first instance; undefined takes one of those away. */
  readonly settings?: Bag;
  readonly env?: Environment;
  readonly cwd?: string;
  /** Another address than that of a listening engine. */
  readonly engineAddress?: string;
  /** A process of the same run, whose engine it shares. */
  readonly besides?: Host;
  readonly isEager?: boolean;
  readonly isFed?: boolean;
  readonly flags?: readonly string[];
}

/** One provider process with its engine, and how to talk to it. */
export class Host extends HostClient {
  private constructor(
    port: number,
    door: Door,
    readonly process: HostProcess,
    readonly engine: Engine,
    /** The file that it logs its calls to. */
    readonly log: string,
  ) {
    super(port, door);
  }

  static async start(options: HostOptions): Promise<Host> {
    const { settings = {}, env = {}, cwd = REPOSITORY, door = "dynamic", besides } = options;
    const engine = besides?.engine ?? (await openEngine(door));
    const engineAddress = options.engineAddress ?? engine.address;
    const process = HostProcess.start({ ...options, door, cwd, env, engineAddress });
    try {
      const host = new Host(await process.port(), door, process, engine, env.CAKE_LOG ?? "");
      if (door === "plugin" && engineAddress !== "") await host.handshake(engineAddress);
      await host.configure(settings);
      return host;
    } catch (error) {
      await Promise.all([process.end(), engine.close()]);
      throw error;
    }
  }

  /** What users see of what the process says beside its answers, line by line. */
  get said(): string {
    const heard = this.engine.logs.map(
      ({ severity, text }) => `${severity === "info" ? "" : `${severity}: `}${text}\n`,
    );
    return this.process.stderr + heard.join("");
  }

  /** Resolves as soon as it has said something. */
  async says(text: string): Promise<void> {
    if (this.door === "dynamic") return this.process.says(text);
    while (!this.said.includes(text)) await this.engine.next();
  }

  /** All that ever came out of the process. */
  get everything(): string {
    const logged = existsSync(this.log) ? readFileSync(this.log, "utf8") : "";
    return [...this.answers, this.process.stdout, this.said, logged].join("\n");
  }

  async end(): Promise<void> {
    this.close();
    await Promise.all([this.process.end(), this.engine.close()]);
  }
}

/** A sandbox and the processes that work on it. Whatever happens, all of it ends with the test. */
export class World {
  private readonly hosts: Host[] = [];

  /** The journal of the processes of this world. */
  readonly journal = mkdtempSync(join(tmpdir(), "cake-journal-"));
  /** Where they log their calls. */
  readonly log = `${this.journal}.log`;

  private constructor(
    private readonly door: Door,
    private readonly sandbox: Awaited<ReturnType<typeof startSandbox>>,
  ) {}

  static async open(door: Door, options: SandboxOptions = {}): Promise<World> {
    return new World(door, await startSandbox(options));
  }

  /** The first instance of CAKE. */
  get cake(): SandboxInstance {
    return this.sandbox.instance();
  }

  instance(name: string): SandboxInstance {
    return this.sandbox.instance(name);
  }

  /** Starts a process that is configured for the first instance, as the engine would. */
  async host({ settings, env, ...options }: HostOptions = {}): Promise<Host> {
    const own: Bag = { "cake:domain": this.cake.url, "cake:apiKey": secret(this.cake.apiKey), ...settings };
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
    const host = await Host.start({
      door: this.door,
      ...options,
      settings: given,
      env: { CAKE_JOURNAL_DIR: this.journal, CAKE_LOG: this.log, ...env },
    });
    this.hosts.push(host);
    return host;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.end()));
    await this.sandbox.close();
    for (const path of [this.journal, this.log]) rmSync(path, { recursive: true, force: true });
  }
}
