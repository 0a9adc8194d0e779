// Runs the user's program with the SDK's own program runner, as the CLI's language host does.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { LAZY_SDK } from "../host/support/process";
import type { Project } from "./project";
import type { ConfigMap } from "./types";

export interface ProgramSettings {
  readonly project: Project;
  readonly stackName: string;
  readonly organization: string;
  readonly config: ConfigMap;
  readonly env: NodeJS.ProcessEnv;
  readonly address: string;
  readonly isPreview: boolean;
  readonly onStdout: (line: string) => void;
  readonly onStderr: (line: string) => void;
}

export interface Program {
  /** What is wrong with its end; undefined if nothing is, empty if it has said so itself. */
  readonly ended: Promise<string | undefined>;
  kill(): void;
}

// A test that is given up does not come to its end: its programs end with the worker.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** The program has told the user what is wrong itself. */
const ALREADY_EXPLAINED = 32;

export function startProgram(settings: ProgramSettings): Program {
  const { project } = settings;
  const script = createRequire(`${project.cwd}/`).resolve("@pulumi/pulumi/cmd/run");
  const child = spawn(process.execPath, [LAZY_SDK, script, ...argumentsOf(settings)], {
    cwd: project.root,
    env: environmentOf(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  createInterface({ input: child.stdout }).on("line", settings.onStdout);
  createInterface({ input: child.stderr }).on("line", settings.onStderr);
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(undefined);
      else resolve(code === ALREADY_EXPLAINED ? "" : `Program exited with non-zero exit code: ${code}`);
    });
  });
  return { ended, kill: () => void child.kill("SIGKILL") };
}

function argumentsOf({ project, address, organization, stackName, isPreview }: ProgramSettings): string[] {
  return [
    ...["--monitor", address],
    ...["--engine", address],
    ...["--organization", organization],
    ...["--project", project.name],
    ...["--root-directory", project.root],
    ...["--stack", stackName],
    ...["--pwd", project.cwd],
    ...(isPreview ? ["--dry-run"] : []),
    ...["--parallel", "32"],
    project.entry,
  ];
}

function environmentOf({ project, config, env }: ProgramSettings): NodeJS.ProcessEnv {
  const values = Object.entries(config).map(([key, { value }]) => [key.replace(":", ":config:"), value]);
  return {
    ...env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(
      Object.keys(config).filter((key) => config[key]?.secret === true),
    ),
    ...(project.isTypeScript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}
