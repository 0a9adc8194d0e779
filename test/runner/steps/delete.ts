import type { ResourceState } from "../state";
import { isProviderType } from "../urn";
import { type Outcome, providerOf, type Step, type StepContext } from "./step";

/** Reported for every protected resource of a run, not only for the first. */
export class ProtectedError extends Error {
  constructor(urn: string) {
    super(
      `resource "${urn}" cannot be deleted\n` +
        "because it is protected. To unprotect the resource, " +
        "either remove the `protect` flag from the resource in your Pulumi " +
        "program and run `pulumi up`, or use the command:\n" +
        `\`pulumi state unprotect '${urn}'\``,
    );
  }
}

export interface DeleteReason {
  /** Part of a replacement. */
  replacing: boolean;
  /** Deleted before its replacement is created: it stays in the state until then. */
  pendingReplacement: boolean;
}

export class DeleteStep implements Step {
  readonly next = undefined;

  constructor(
    private readonly context: StepContext,
    readonly old: ResourceState,
    private readonly deletes: ReadonlySet<string>,
    private readonly reason: DeleteReason,
  ) {}

  get op() {
    if (this.old.external) return this.reason.replacing ? "discard-replaced" : "discard";
    return this.reason.replacing ? "delete-replaced" : "delete";
  }
  get logical(): boolean {
    return !this.reason.replacing;
  }

  async apply(): Promise<Outcome> {
    if (!this.reason.replacing && this.old.protect) throw new ProtectedError(this.old.urn);
    if (!this.context.preview && this.isOurs()) await this.callDelete();
    if (this.reason.pendingReplacement) this.old.pendingReplacement = true;
    return {};
  }

  private isOurs(): boolean {
    const { external, retainOnDelete, deletedWith, custom } = this.old;
    return custom && !external && !retainOnDelete && !(deletedWith !== "" && this.deletes.has(deletedWith));
  }

  private callDelete(): Promise<void> {
    const { urn, id, type, inputs, outputs } = this.old;
    if (isProviderType(type)) return this.context.registry.delete(urn, id);
    return providerOf(this.context, this.old).delete({ urn, id }, inputs, outputs);
  }

  fail(): void {}
}
