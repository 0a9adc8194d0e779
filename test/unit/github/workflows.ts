/** Workflows of GitHub as the tests read them: those of this repository, and the examples that people copy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { filesBelow } from "../../docs/pages";

export const ROOT = join(__dirname, "../../..");
const OWN = ".github/workflows";
/** The workflow that checks every change. */
export const CI = `${OWN}/ci.yml`;
const EXAMPLES = "examples/github-actions";

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly "runs-on": string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> };
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly "timeout-minutes": number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

/** The workflows of this repository, by their paths from its root. */
export const ownWorkflows = workflowsIn(OWN);
/** Those that people copy. */
export const exampleWorkflows = workflowsIn(EXAMPLES);

/** The definitions of the actions of this repository. */
export const ownActions = filesBelow(ROOT, ".github/actions").filter((path) => /\/action\.ya?ml$/.test(path));

function workflowsIn(folder: string): string[] {
  return filesBelow(ROOT, folder).filter((path) => /^[^/]+\/[^/]+\/[^/]+\.ya?ml$/.test(path));
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function workflow(path: string): Workflow {
  return parse(textOf(path)) as Workflow;
}

export function jobsOf(path: string): [string, Job][] {
  return Object.entries(workflow(path).jobs);
}

/** Every script of a workflow or of an action. */
export function scriptsOf(path: string): string[] {
  const { jobs = {}, runs } = parse(textOf(path)) as Partial<Workflow> & {
    readonly runs?: Pick<Job, "steps">;
  };
  const steps = [...Object.values(jobs), ...(runs ? [runs] : [])].flatMap((one) => one.steps);
  return steps.flatMap(({ run }) => run ?? []);
}

/** The path of an example. */
export function example(file: string): string {
  return `${EXAMPLES}/${file}`;
}

/** The script of a step of an example, and what its `env` sets that is no expression. */
export function scriptOf(file: string, step: string): { run: string; env: Record<string, string> } {
  const found = jobsOf(example(file))
    .flatMap(([, { steps }]) => steps)
    .find(({ name }) => name === step);
  if (found?.run === undefined) throw new Error(`${file} has no script in a step "${step}".`);
  const env = Object.entries(found.env ?? {}).filter(([, value]) => !value.includes("${{"));
  return { run: found.run, env: Object.fromEntries(env) };
}
