import { Stack } from "../engine/stack";
import type { Bag } from "../host/support/proto";
import type { PropertyChange } from "./types";
import { changesBetween, withoutSecrets } from "./values";

/** A component, an explicit provider, or the stack itself: what no provider process is asked about. */
export interface Other {
  readonly type: string;
  readonly id: string;
  /** Secrets marked. */
  readonly inputs: Bag;
}

/** What is saved of a stack between its operations. */
export class StackState {
  stack = new Stack();
  others = new Map<string, Other>();
  /** The properties of each resource that are secret. */
  secrets = new Map<string, ReadonlySet<string>>();
  /** Secrets marked. */
  outputs: Bag = {};

  /** A preview works on a copy, and nothing of it is saved. */
  copy(): StackState {
    const copy = new StackState();
    copy.stack.resources = this.stack.resources;
    copy.others = new Map(this.others);
    copy.secrets = new Map(this.secrets);
    copy.outputs = this.outputs;
    return copy;
  }

  secretsOf(urn: string): ReadonlySet<string> {
    return this.secrets.get(urn) ?? new Set();
  }

  /** What of a resource differs, as it may be shown. */
  changes(urn: string, olds: Bag, news: Bag): PropertyChange[] {
    const keys = this.secretsOf(urn);
    return changesBetween(withoutSecrets(olds, keys), withoutSecrets(news, keys));
  }
}
