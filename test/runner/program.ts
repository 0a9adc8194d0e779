// Runs the user's program with the SDK's own program runner, as the CLI's language host does.
import { createRequire } from "node:module";
import { type RunningProcess, startProcess } from "./processes";
import type { Project } from "./project";
import type { ConfigMap } from "./types";

export interface ProgramSettings {
  project: Project;
  pulumi: string;
  stackName: string;
  organization: string;
  config: ConfigMap;
  env: NodeJS.ProcessEnv;
  address: string;
  preview: boolean;
  parallel: number;
  onStdout: (line: string) => void;
  onStderr: (line: string) => void;
}

/** The program has told the user what is wrong itself. */
const alreadyExplained = 32;

export interface ProgramExit {
  failed: boolean;
  /** Undefined when there is nothing to add. */
  error?: string;
}

export function startProgram(settings: ProgramSettings): RunningProcess {
  const { project } = settings;
  const script = createRequire(`${settings.pulumi}/`).resolve("@pulumi/pulumi/cmd/run");
  return startProcess("node", [...nodeArguments(project), script, ...programArguments(settings)], {
    cwd: project.root,
    env: programEnvironment(settings),
    onStdout: settings.onStdout,
    onStderr: settings.onStderr,
  });
}

export async function exitOfProgram(running: RunningProcess): Promise<ProgramExit> {
  const { code, signal } = await running.exited;
  if (code === 0) return { failed: false };
  if (code === alreadyExplained) return { failed: true };
  return { failed: true, error: `Program exited with non-zero exit code: ${code ?? signal}` };
}

function nodeArguments(project: Project): string[] {
  const text = project.runtimeOptions.nodeargs;
  return typeof text === "string" ? text.split(/\s+/).filter((part) => part !== "") : [];
}

function programArguments(settings: ProgramSettings): string[] {
  const { project, address } = settings;
  return [
    ...["--monitor", address],
    ...["--engine", address],
    ...["--organization", settings.organization],
    ...["--project", project.name],
    ...["--root-directory", project.root],
    ...["--stack", settings.stackName],
    ...["--pwd", project.cwd],
    ...(settings.preview ? ["--dry-run"] : []),
    ...["--parallel", String(settings.parallel)],
    project.entry,
  ];
}

function programEnvironment({ project, config, env }: ProgramSettings): NodeJS.ProcessEnv {
  const { typescript, tsconfig } = project.runtimeOptions;
  const values = Object.entries(config).map(([key, { value }]) => [key.replace(":", ":config:"), value]);
  const secretKeys = Object.keys(config).filter((key) => config[key]?.secret === true);
  return {
    ...env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    ...(typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof tsconfig === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}
