// Tells the checkpoint about each step, before it begins and after it ends.
import type { Checkpoint } from "./checkpoint";
import type { OperationType, ResourceState } from "./state";
import { RefreshStep } from "./steps/refresh";
import type { Step } from "./steps/step";
import { deepEqualsMap } from "./values";

interface Operation {
  state: ResourceState;
  type: OperationType;
}

export class Recorder {
  constructor(private readonly checkpoint: Checkpoint) {}

  begin(step: Step): void {
    const operation = operationOf(step);
    if (operation !== undefined) this.checkpoint.begin(operation.state, operation.type);
  }

  end(step: Step, succeeded: boolean): void {
    const operation = operationOf(step);
    if (operation !== undefined) this.checkpoint.end(operation.state);
    if (succeeded) this.replaceStates(step);
    if (operation !== undefined || mustWrite(step)) this.checkpoint.save();
  }

  private replaceStates(step: Step): void {
    const { old, next } = step;
    const { checkpoint } = this;
    switch (step.op) {
      case "replace":
        return;
      case "refresh":
        // A refresh at the start of a run rewrites what the run starts from; only one in the middle is a change.
        if (!(step instanceof RefreshStep && step.persisted)) return;
        break;
      case "delete":
      case "delete-replaced":
      case "discard":
      case "discard-replaced":
      case "remove-pending-replace":
        if (old !== undefined && (!old.pendingReplacement || step.op === "remove-pending-replace"))
          checkpoint.markDone(old);
        return;
      case "create-replacement":
        if (old?.pendingReplacement) checkpoint.markDone(old);
        break;
      case "same":
        if (old !== undefined) checkpoint.markDone(old);
        if (step.skippedCreate) return;
        break;
    }
    if (step.op !== "create-replacement" && old !== undefined) checkpoint.markDone(old);
    if (next !== undefined) checkpoint.markNew(next);
  }
}

function operationOf(step: Step): Operation | undefined {
  const { op, old, next } = step;
  if (next !== undefined)
    switch (op) {
      case "create":
      case "create-replacement":
        return { state: next, type: "creating" };
      case "update":
        return { state: next, type: "updating" };
      case "read":
      case "read-replacement":
        return { state: next, type: "reading" };
      case "import":
        return { state: next, type: "importing" };
    }
  const deletes = op.startsWith("delete") || op.startsWith("discard");
  return deletes && old !== undefined ? { state: old, type: "deleting" } : undefined;
}

/** Writes that would change nothing that matters are left to the next one. */
function mustWrite(step: Step): boolean {
  const { op, old, next, skippedCreate } = step;
  if (step instanceof RefreshStep) return step.persisted;
  if (op === "remove-pending-replace") return true;
  if (op !== "same" || skippedCreate || old === undefined || next === undefined) return false;
  const plain = ({ inputs: _inputs, outputs: _outputs, ...rest }: ResourceState) => JSON.stringify(rest);
  return (
    plain(old) !== plain(next) ||
    !deepEqualsMap(old.inputs, next.inputs) ||
    !deepEqualsMap(old.outputs, next.outputs)
  );
}
