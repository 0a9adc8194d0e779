// An operation in a process of its own, so that its engine can be killed as a lost terminal or a cancelled job would.
import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ProcessRole } from "./engine";
import { exitOf } from "./processes";
import type { OperationRequest, RunnerStackOptions } from "./stack";
import { type FailedResource, OperationError, type OperationResult, type StepSummary } from "./types";

export interface ChildOrder {
  options: RunnerStackOptions;
  request: OperationRequest;
}

export type ChildMessage =
  | { kind: "output"; text: string }
  | { kind: "process"; pid: number; role: ProcessRole }
  | { kind: "ended"; pid: number }
  | { kind: "done"; result: OperationResult }
  | { kind: "failed"; error: FailedOperation }
  | { kind: "broken"; message: string };

export interface FailedOperation {
  message: string;
  stdout: string;
  stderr: string;
  failed: FailedResource[];
  changeSummary: Record<string, number>;
  steps: StepSummary[];
}

export interface ChildRun {
  result: Promise<OperationResult>;
  kill(): Promise<void>;
}

export interface ChildObserver {
  env: NodeJS.ProcessEnv;
  onOutput(text: string): void;
  onProcess(pid: number, role: ProcessRole): void;
  onEnded(pid: number): void;
}

export function runInChild(order: ChildOrder, observer: ChildObserver): ChildRun {
  const tsx = createRequire(__filename).resolve("tsx");
  const child = fork(join(__dirname, "child.ts"), [], { env: observer.env, execArgv: ["--import", tsx] });
  let printed = "";
  const result = new Promise<OperationResult>((resolve, reject) => {
    child.on("message", (message: ChildMessage) => {
      if (message.kind === "output") {
        printed += message.text;
        observer.onOutput(message.text);
      } else if (message.kind === "process") observer.onProcess(message.pid, message.role);
      else if (message.kind === "ended") observer.onEnded(message.pid);
      else if (message.kind === "done") resolve(message.result);
      else if (message.kind === "failed") reject(operationError(message.error));
      else reject(new Error(message.message));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(operationError(lostEngine(printed, signal ?? `code ${code}`))),
    );
  });
  result.catch(() => undefined);
  child.send(withoutFunctions(order));
  return {
    result,
    kill: async () => {
      child.kill("SIGKILL");
      await exitOf(child);
    },
  };
}

/** What a callback would do is done by the messages. */
const withoutFunctions = (order: ChildOrder): ChildOrder => JSON.parse(JSON.stringify(order)) as ChildOrder;

const operationError = (error: FailedOperation): OperationError =>
  new OperationError(
    error.message,
    error.stdout,
    error.stderr,
    error.failed,
    error.changeSummary,
    error.steps,
  );

const lostEngine = (stdout: string, how: string): FailedOperation => ({
  message: `the engine was killed (${how})`,
  stdout,
  stderr: "",
  failed: [],
  changeSummary: {},
  steps: [],
});
