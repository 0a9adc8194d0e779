import { randomBytes } from "node:crypto";
import { CodedError } from "../message";
import type { Postback } from "../postback/postback";
import { Autosave } from "./autosave";
import { type SampleName, sampleRows } from "./data/samples";
import { Emulator } from "./emulator";
import { loadFile, type SavedInstance, saveFile } from "./file";
import { appOf } from "./http/app";
import { type Listener, listen } from "./http/listen";
import { SandboxInstance } from "./instance";
import { messages } from "./messages";
import { pageOf } from "./page/routes";
import { PostbackStore } from "./store";

/** How one instance starts. */
export interface InstanceOptions {
  /** @default a generated key */
  apiKey?: string;
  /** The first rows: a sample, or your own. Rows of a loaded file take precedence. @default "empty" */
  postbacks?: SampleName | readonly Postback[];
  /** The loopback port; 0 means any free port. @default 0 */
  port?: number;
}

export interface SandboxOptions {
  /** The instances by name. @default the instances of the loaded file, or one named "cake" */
  instances?: Readonly<Record<string, InstanceOptions>>;
  /** A saved file, whose instances start with the rows that they had. It has no keys. */
  load?: string;
  /** The file to save to: at the start, shortly after changes, and at the end. @default nothing is saved */
  save?: string;
  /** Called if saving after a change fails; the sandbox continues. @default only the last save reports an error */
  onSaveFailed?: (error: unknown) => void;
}

interface Running {
  readonly instance: SandboxInstance;
  readonly emulator: Emulator;
  readonly listener: Listener;
}

/** Running instances of CAKE. */
export class Sandbox {
  readonly #running: ReadonlyMap<string, Running>;
  readonly #autosave: Autosave | undefined;
  #closing: Promise<void> | undefined;

  /** @internal {@link startSandbox} makes them. */
  constructor(running: ReadonlyMap<string, Running>, { save, onSaveFailed = () => {} }: SandboxOptions) {
    this.#running = running;
    this.#autosave = save === undefined ? undefined : this.#saveAfterChanges(save, onSaveFailed);
  }

  /** The instances in the order of the options. */
  get instances(): readonly SandboxInstance[] {
    return [...this.#running.values()].map(({ instance }) => instance);
  }

  /** One instance, by default the first. */
  instance(name?: string): SandboxInstance {
    return lookUp(this.#running, name ?? firstOf(this.#running)).instance;
  }

  /** Writes every row to a file that `startSandbox({ load })` reads. The file has no key. */
  async save(file: string): Promise<void> {
    const saved = [...this.#running].map(([name, { emulator }]): [string, SavedInstance] => [
      name,
      { lastId: emulator.store.lastId, postbacks: emulator.store.rows },
    ]);
    await saveFile(file, new Map(saved));
  }

  /** Stops every instance, destroys open connections, and saves if `save` names a file. A second call does nothing. */
  close(): Promise<void> {
    this.#closing ??= this.#stop();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ listener }) => listener.close()));
    await this.#autosave?.close();
  }

  #saveAfterChanges(file: string, failed: (error: unknown) => void): Autosave {
    const autosave = new Autosave(() => this.save(file), failed);
    for (const { emulator } of this.#running.values()) emulator.store.onChange(() => autosave.changed());
    return autosave;
  }
}

/** Starts instances of CAKE on loopback ports. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const saved = options.load === undefined ? new Map<string, SavedInstance>() : await loadFile(options.load);
  const named = options.instances ?? (saved.size > 0 ? {} : { cake: {} });
  const running = new Map<string, Running>();
  try {
    for (const name of new Set([...Object.keys(named), ...saved.keys()])) {
      running.set(name, await start(name, named[name] ?? {}, saved.get(name), running));
    }
    const sandbox = new Sandbox(running, options);
    // A file that cannot be written is reported now and not after a day's work.
    if (options.save !== undefined) await sandbox.save(options.save);
    return sandbox;
  } catch (error) {
    await Promise.all([...running.values()].map(({ listener }) => listener.close()));
    throw error;
  }
}

async function start(
  name: string,
  { apiKey = generatedKey(), postbacks = "empty", port = 0 }: InstanceOptions,
  saved: SavedInstance | undefined,
  running: ReadonlyMap<string, Running>,
): Promise<Running> {
  const rows = typeof postbacks === "string" ? sampleRows(postbacks) : postbacks;
  const store = saved ? new PostbackStore(saved.postbacks, saved.lastId) : new PostbackStore(rows);
  const emulator = new Emulator(apiKey, store, (other) => lookUp(running, other).emulator);
  const page = pageOf(name, emulator, () => [...running.values()].map(({ instance }) => instance));
  const listener = await listen(appOf(emulator, page), port);
  return { instance: new SandboxInstance(name, listener.port, emulator), emulator, listener };
}

function lookUp(running: ReadonlyMap<string, Running>, name: string): Running {
  const found = running.get(name);
  if (found) return found;
  throw new CodedError(messages.instanceUnknown(name, [...running.keys()]));
}

function firstOf(running: ReadonlyMap<string, Running>): string {
  const [first = ""] = running.keys();
  return first;
}

function generatedKey(): string {
  return randomBytes(24).toString("base64url");
}
