// What the `recorded` program can be told to declare, and the folder its provider keeps its resources in.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SpecValue =
  | null
  | boolean
  | number
  | string
  | SpecValue[]
  | { $out: string }
  | { $secret: SpecValue }
  | { [key: string]: SpecValue };

export interface SpecOptions {
  parent?: string;
  dependsOn?: string[];
  provider?: string;
  deletedWith?: string;
  protect?: boolean;
  retainOnDelete?: boolean;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  deleteBeforeReplace?: boolean;
  additionalSecretOutputs?: string[];
  aliases?: { name: string }[];
  customTimeouts?: { create: string };
}

/**
 * Properties the provider obeys: `kind` replaces, `value`, `size` and `nested` update, `undecided` leaves the diff to
 * the engine, `deleteFirst` asks for a delete before the create, `fail` and `hang` name the method that does.
 */
export interface SpecResource {
  kind?: "resource" | "get" | "group" | "provider";
  name: string;
  id?: string;
  props?: Record<string, SpecValue>;
  opts?: SpecOptions;
}

export interface Spec {
  resources: SpecResource[];
  outputs?: Record<string, SpecValue>;
  throws?: string;
}

export interface Call {
  method: string;
  name?: string;
  id?: string;
  olds?: unknown;
  news?: unknown;
  flavour: string;
  pid: number;
  engine: string;
  overlapped?: boolean;
}

export class World {
  readonly folder = mkdtempSync(join(tmpdir(), "recorded-world-"));
  private seen = 0;

  /** Changes a live resource behind Pulumi's back. */
  edit(id: string, changes: Record<string, SpecValue>): void {
    const file = join(this.folder, `${id}.json`);
    const live = JSON.parse(readFileSync(file, "utf8")) as Record<string, SpecValue>;
    writeFileSync(file, JSON.stringify({ ...live, ...changes }));
  }

  remove(id: string): void {
    rmSync(join(this.folder, `${id}.json`));
    appendFileSync(join(this.folder, `${id}.json.deleted`), "");
  }

  has(id: string): boolean {
    return existsSync(join(this.folder, `${id}.json`));
  }

  get hangingPid(): number | undefined {
    const file = join(this.folder, "hanging");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text === "" ? undefined : Number(text);
  }

  /** The calls since the last time. */
  newCalls(): Call[] {
    const file = join(this.folder, "calls.jsonl");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    const calls = lines.slice(this.seen).map((line) => JSON.parse(line) as Call);
    this.seen = lines.length;
    return calls;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
