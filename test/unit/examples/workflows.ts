/** The example workflows as the tests read them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const FOLDER = join(__dirname, "../../../examples/github-actions");

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly "timeout-minutes": number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

export function textOf(file: string): string {
  return readFileSync(join(FOLDER, file), "utf8");
}

export function workflow(file: string): Workflow {
  return parse(textOf(file)) as Workflow;
}

export function jobsOf(file: string): [string, Job][] {
  return Object.entries(workflow(file).jobs);
}

/** The script of a step, and what its `env` sets that is no expression. */
export function scriptOf(file: string, step: string): { run: string; env: Record<string, string> } {
  const found = jobsOf(file)
    .flatMap(([, { steps }]) => steps)
    .find(({ name }) => name === step);
  if (found?.run === undefined) throw new Error(`${file} has no script in a step "${step}".`);
  const env = Object.entries(found.env ?? {}).filter(([, value]) => !value.includes("${{"));
  return { run: found.run, env: Object.fromEntries(env) };
}
