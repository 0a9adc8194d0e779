import type { Bag } from "../host/support/proto";

/** The provider that a resource has if its program names none. */
export const DEFAULT_PROVIDER = "";

/** A resource as the state keeps it. */
export interface Resource {
  readonly urn: string;
  readonly provider: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** Its last step was a partial failure: the next update calls the provider even without a change. */
  readonly isUnfinished: boolean;
  /** Its replacement exists, and it is still to be deleted. */
  readonly isReplaced: boolean;
}

/** What a program says of one resource. */
export interface Goal {
  readonly urn: string;
  readonly inputs: Bag;
  /** @default the default provider */
  readonly provider?: string;
  /** URNs that the resource had before. */
  readonly aliases?: readonly string[];
}

/** What the engine knows of one stack: its state file. */
export class Stack {
  resources: readonly Resource[] = [];
  /** Creates that a killed run began and did not record. */
  readonly interrupted: Goal[] = [];

  find({ urn, aliases = [] }: Goal): Resource | undefined {
    const names = [urn, ...aliases];
    return names.flatMap(
      (name) => this.resources.find((one) => one.urn === name && !one.isReplaced) ?? [],
    )[0];
  }

  /** Keeps a resource: at the end, or in the place of what it was before. */
  put(resource: Resource, before?: Resource): void {
    if (before === undefined) this.resources = [...this.resources, resource];
    else this.resources = this.resources.map((one) => (one === before ? resource : one));
  }

  /** `pulumi stack rename`: the state has every resource by its new URN. */
  rename(urnOf: (urn: string) => string): void {
    this.resources = this.resources.map((one) => ({ ...one, urn: urnOf(one.urn) }));
  }

  drop(resource: Resource): void {
    this.resources = this.resources.filter((one) => one !== resource);
  }
}
