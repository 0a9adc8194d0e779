import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import type { Door } from "./doors";

/** A folder from which `pulumi-cake/host` is found: the repository, which finds itself through its `exports`. */
export const REPOSITORY = process.env.TEST_REPOSITORY ?? resolve(__dirname, "../../..");

/**
 * Has the SDK load what it rarely needs when it needs it, which takes two thirds off the start of its processes. In one
 * argument, as the SDK takes "--require" alone for a loader of the user's own, and leaves TypeScript to that.
 */
export const LAZY_SDK: string = `--require=${join(__dirname, "../../engine/lazySdk.cjs")}`;

export type Environment = Readonly<Record<string, string>>;

export interface HostProcessOptions {
  /** @default "dynamic" */
  readonly door?: Door | undefined;
  readonly cwd: string;
  readonly env: Environment;
  readonly engineAddress: string;
  /** From where the SDK is found. @default the repository */
  readonly sdk?: string | undefined;
  /** Whether the SDK loads at once what it rarely needs, as it does by itself. @default false */
  readonly isEager?: boolean | undefined;
  /** Whether the engine holds the other end of the standard input, as it does for executables. @default false */
  readonly isFed?: boolean | undefined;
  /** Arguments before the engine's address. */
  readonly flags?: readonly string[] | undefined;
}

// A test that is given up does not come to its end: its processes end with the worker.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A provider process, started as the engine starts it: the SDK's own for dynamic providers, or the plugin. */
export class HostProcess {
  stdout = "";
  stderr = "";
  /** The exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.exited = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    // Whoever waits for the exit learns of a failed start; nobody else has to.
    this.exited.catch(() => undefined);
    collect(child.stdout, (text) => {
      this.stdout += text;
    });
    collect(child.stderr, (text) => {
      this.stderr += text;
    });
  }

  static start(options: HostProcessOptions): HostProcess {
    const { cwd, env, engineAddress, isFed, flags = [] } = options;
    requireBuild();
    const address = engineAddress === "" ? [] : [engineAddress];
    const child = spawn(process.execPath, [...commandOf(options), ...flags, ...address], {
      cwd,
      // Nothing of the surroundings: a proxy or a key of whoever runs the tests would change their outcome.
      env: { PATH: process.env.PATH, PULUMI_PROJECT: "shop", PULUMI_NODEJS_PROJECT: "shop", ...env },
      stdio: [isFed ? "pipe" : "ignore", "pipe", "pipe"],
    });
    return new HostProcess(child);
  }

  /** The port, which is all that the first line says. */
  port(): Promise<number> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = /^(\d+)\n/.exec(this.stdout);
        if (line) resolve(Number(line[1]));
      };
      this.child.stdout?.on("data", look);
      look();
      this.exited.then(
        (code) => reject(new Error(`The process ended (${code}) before it listened: ${this.stderr}`)),
        reject,
      );
    });
  }

  /** Resolves as soon as the process has said something on its stderr. */
  says(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.stderr.includes(text)) resolve();
      };
      this.child.stderr?.on("data", look);
      look();
      this.exited.then(() => reject(new Error(`The process ended, and said only: ${this.stderr}`)), reject);
    });
  }

  /** What a killed reader leaves behind: whatever the process writes there from now on fails. */
  breakStream(name: "stdout" | "stderr"): void {
    this.child[name]?.destroy();
  }

  /** What a killed CLI leaves behind of an executable's standard input. */
  endInput(): void {
    this.child.stdin?.end();
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** The exit code, if the process ends by itself in so many milliseconds. */
  async endsWithin(ms: number): Promise<number | null | "still running"> {
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<"still running">((resolve) => {
      timer = setTimeout(() => resolve("still running"), ms);
    });
    const exited = new Promise<number | null>((resolve) => this.child.once("exit", resolve));
    const { exitCode } = this.child;
    return Promise.race([exitCode === null ? exited : exitCode, bound]).finally(() => clearTimeout(timer));
  }

  /** Ends the process in the middle of whatever it does. */
  async end(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited.catch(() => undefined);
  }
}

function collect(stream: Readable | null, take: (text: string) => void): void {
  stream?.setEncoding("utf8").on("data", take);
}

function commandOf({ door, sdk = REPOSITORY, isEager }: HostProcessOptions): string[] {
  if (door === "plugin") return [join(REPOSITORY, "dist/plugin/main.js")];
  const script = createRequire(join(sdk, "package.json")).resolve("@pulumi/pulumi/cmd/dynamic-provider");
  return isEager ? [script] : [LAZY_SDK, script];
}

function requireBuild(): void {
  if (existsSync(join(REPOSITORY, "dist/host.js"))) return;
  throw new Error('The process loads the build, and there is none: run "npm run build" first.');
}
