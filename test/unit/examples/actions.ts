/** The composite actions as the tests read and run them. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { textOf } from "../github/workflows";

export const ACTIONS = join(__dirname, "../../../.github/actions");
export const NAMES = readdirSync(ACTIONS);

type Texts = Readonly<Record<string, string>>;

interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string; readonly required?: boolean }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Texts;
  readonly "working-directory"?: string;
}

export function textOfAction(name: string): string {
  return textOf(`.github/actions/${name}/action.yml`);
}

export function actionOf(name: string): Action {
  return parse(textOfAction(name)) as Action;
}

/** What a run of an action did. */
interface ActionRun {
  readonly isSuccess: boolean;
  readonly outputs: Texts;
  readonly summary: string;
  /** What its scripts printed, on both streams. */
  readonly log: string;
  /** The actions that it used, each with what it was given. */
  readonly used: readonly { readonly uses: string; readonly with: Texts; readonly env: NodeJS.ProcessEnv }[];
}

interface Place {
  /** Where the repository of the user is checked out. */
  readonly workspace: string;
  /** The runner's folder for files of this job. */
  readonly temp: string;
  /** What the job and the step that uses the action set. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs an action's scripts as GitHub's runner does, and records the actions that it uses. */
export async function runAction(
  name: string,
  given: Texts,
  { workspace, temp, env = {} }: Place,
): Promise<ActionRun> {
  const { inputs: declared, outputs, runs } = actionOf(name);
  for (const input of Object.keys(given))
    if (!(input in declared)) throw new Error(`${input} is not an input`);
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([input, { default: preset = "" }]) => [input, given[input] ?? preset]),
  );
  mkdirSync(temp, { recursive: true });
  const summaryFile = join(temp, "summary");
  writeFileSync(summaryFile, "");
  const steps: Record<string, { outputs: Texts; outcome: string }> = {};
  const run = { isSuccess: true, log: "", used: [] as ActionRun["used"][number][] };

  for (const [index, step] of runs.steps.entries()) {
    const contexts = { inputs, steps, runner: { temp } };
    const text = (template: unknown) => fillIn(String(template), contexts, run.isSuccess);
    const texts = async (all: object = {}): Promise<Record<string, string>> =>
      Object.fromEntries(
        await Promise.all(Object.entries(all).map(async ([key, value]) => [key, await text(value)])),
      );
    const condition = step.if?.replace(/^\$\{\{(.*)\}\}$/s, "$1") ?? "success()";
    // A condition without a function of the status holds only after success.
    const isDue =
      (run.isSuccess || /\b(?:always|cancelled|failure)\(/.test(condition)) &&
      (await evaluate(condition, contexts, run.isSuccess)) === "true";
    const stepEnv = { ...env, ...(await texts(step.env)) };
    if (isDue && step.uses !== undefined)
      run.used.push({ uses: step.uses, with: await texts(step.with), env: stepEnv });
    if (step.id !== undefined) steps[step.id] = { outputs: {}, outcome: isDue ? "success" : "skipped" };
    if (!isDue || step.run === undefined) continue;

    const [script, output] = [join(temp, `script-${index}.sh`), join(temp, `output-${index}`)];
    writeFileSync(script, step.run);
    writeFileSync(output, "");
    const [command = "", ...args] = (step.shell ?? "").replace("{0}", script).split(" ");
    const { code, printed } = await start(command, args, {
      cwd: resolve(workspace, await text(step["working-directory"] ?? ".")),
      env: {
        ...process.env,
        ...stepEnv,
        ...{ RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace },
        ...{ GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summaryFile },
      },
    });
    run.log += printed;
    run.isSuccess &&= code === 0;
    if (step.id !== undefined)
      steps[step.id] = {
        outputs: parseOutputs(readFileSync(output, "utf8")),
        outcome: code === 0 ? "success" : "failure",
      };
  }
  const values = await Promise.all(
    Object.entries(outputs).map(async ([output, { value }]) => [
      output,
      await fillIn(value, { inputs, steps, runner: { temp } }, run.isSuccess),
    ]),
  );
  return { ...run, outputs: Object.fromEntries(values), summary: readFileSync(summaryFile, "utf8") };
}

/** Lines `name=value`, and values of several lines between delimiters. */
function parseOutputs(text: string): Texts {
  const outputs = text.matchAll(/^(?:([^=\n<]+)<<(.+)\n([\s\S]*?)\n\2|([^=\n]+)=(.*))$/gm);
  return Object.fromEntries(
    [...outputs].map(([, long, , block, name, value]) => [long ?? name, block ?? value]),
  );
}

async function fillIn(template: string, contexts: object, isSuccess: boolean): Promise<string> {
  let text = "";
  let end = 0;
  for (const { index, 0: all, 1: expression = "" } of template.matchAll(/\$\{\{(.*?)\}\}/gs)) {
    text += template.slice(end, index) + (await evaluate(expression, contexts, isSuccess));
    end = index + all.length;
  }
  return text + template.slice(end);
}

/** The value of an expression, by GitHub's own evaluator, as text. */
async function evaluate(expression: string, contexts: object, isSuccess: boolean): Promise<string> {
  const { Lexer, Parser, Evaluator, data } = await import("@actions/expressions");
  type Data = InstanceType<typeof data.StringData | typeof data.Dictionary>;
  const toData = (value: unknown): Data =>
    typeof value === "string"
      ? new data.StringData(value)
      : new data.Dictionary(
          ...Object.entries(value as object).map(([key, one]) => ({ key, value: toData(one) })),
        );
  const states = { success: isSuccess, failure: !isSuccess, cancelled: false, always: true };
  const functions = Object.entries(states).map(([name, state]) => ({
    ...{ name, minArgs: 0, maxArgs: 0 },
    call: () => new data.BooleanData(state),
  }));
  const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const value = new Evaluator(
    parsed,
    toData(contexts) as InstanceType<typeof data.Dictionary>,
    new Map(functions.map((one) => [one.name, one])),
  ).evaluate();
  return value.coerceString();
}

function start(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ code: number; printed: string }> {
  if (!existsSync(options.cwd)) throw new Error(`${options.cwd} does not exist`);
  return new Promise((done) => {
    execFile(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code ?? 1), printed: stdout + stderr }),
    );
  });
}
