// The process of an operation that may be killed: does what it is told once, and tells what comes of it.
import { messageOf } from "./async";
import type { ChildMessage, ChildOrder } from "./childRun";
import { RunnerStack } from "./stack";
import { OperationError } from "./types";

process.once("message", (order: ChildOrder) => {
  void perform(order).then((message) => process.send?.(message, () => process.disconnect()));
});

const tell = (message: ChildMessage): void => {
  process.send?.(message);
};

async function perform({ options, request }: ChildOrder): Promise<ChildMessage> {
  try {
    const stack = await RunnerStack.create(options);
    stack.onProcess = (started, role) => {
      const { pid } = started;
      tell({ kind: "process", pid, role });
      void started.exited.finally(() => tell({ kind: "ended", pid })).catch(() => undefined);
    };
    const callbacks = { killable: false, onOutput: (text: string) => tell({ kind: "output", text }) };
    const result = await stack.perform({ ...request, options: { ...request.options, ...callbacks } });
    return { kind: "done", result };
  } catch (error) {
    if (!(error instanceof OperationError)) return { kind: "broken", message: messageOf(error) };
    const { message, stdout, stderr, failed, changeSummary, steps } = error;
    return { kind: "failed", error: { message, stdout, stderr, failed, changeSummary, steps } };
  }
}
