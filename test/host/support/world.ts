import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxInstance, type SandboxOptions, startSandbox } from "../../../provider/sandbox";
import { HostClient } from "./client";
import { EngineAddress } from "./engine";
import { type Environment, HostProcess, REPOSITORY } from "./process";
import { type Bag, secret } from "./proto";

export interface HostOptions {
  /** Settings beside the domain and the key of the first instance; undefined takes one of those away. */
  readonly settings?: Bag;
  readonly env?: Environment;
  readonly cwd?: string;
  /** Another address than that of a listening engine. */
  readonly engineAddress?: string;
  readonly isEager?: boolean;
}

/** One dynamic-provider process with its engine, and how to talk to it. */
export class Host extends HostClient {
  private constructor(
    port: number,
    readonly process: HostProcess,
    readonly engine: EngineAddress,
    /** The file that it logs its calls to. */
    readonly log: string,
  ) {
    super(port);
  }

  static async start({
    settings = {},
    env = {},
    cwd = REPOSITORY,
    engineAddress,
    isEager,
  }: HostOptions): Promise<Host> {
    const engine = await EngineAddress.open();
    const process = HostProcess.start({
      ...{ cwd, env, isEager },
      engineAddress: engineAddress ?? engine.address,
    });
    try {
      const host = new Host(await process.port(), process, engine, env.CAKE_LOG ?? "");
      await host.configure(settings);
      return host;
    } catch (error) {
      await Promise.all([process.end(), engine.close()]);
      throw error;
    }
  }

  /** All that ever came out of the process. */
  get everything(): string {
    const { stdout, stderr } = this.process;
    const logged = existsSync(this.log) ? readFileSync(this.log, "utf8") : "";
    return [...this.answers, stdout, stderr, logged].join("\n");
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

  private constructor(private readonly sandbox: Awaited<ReturnType<typeof startSandbox>>) {}

  static async open(options: SandboxOptions = {}): Promise<World> {
    return new World(await startSandbox(options));
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
