import { Refusal } from "../../host/support/failures";
import type { Bag } from "../../host/support/proto";
import type { Host } from "./hosts";
import type { Part } from "./table";

/** A resource as the engine knows it. */
export interface Managed {
  readonly part: Part;
  /** Undefined where the program does not declare it any more. */
  readonly declared: Bag | undefined;
  recorded: { readonly id: string; readonly state: Bag } | undefined;
  /** Whether its last step was a partial failure: the next `up` then tries an update. */
  isUnfinished: boolean;
}

/** The refusal with which a step ended; undefined where it succeeded. */
export type Ending = Refusal | undefined;

/** What `pulumi up` does with one resource. */
export function up(host: Host, resource: Managed): Promise<Ending> {
  return settled(resource, async () => {
    const { declared, recorded } = resource;
    if (declared === undefined) {
      if (recorded) await host.delete(recorded.id, recorded.state);
      resource.recorded = undefined;
    } else if (recorded === undefined) {
      const { id, outs } = await host.create(declared);
      resource.recorded = { id, state: outs };
    } else {
      const { changes, replaces } = await host.diff(recorded.id, recorded.state, declared);
      if (replaces.length > 0) throw new Error(`This engine replaces nothing: ${replaces.join(", ")}`);
      if (!changes && !resource.isUnfinished) return;
      const { outs } = await host.update(recorded.id, recorded.state, declared);
      resource.recorded = { id: recorded.id, state: outs };
    }
  });
}

/** What `pulumi refresh` does with one resource. */
export function refresh(host: Host, resource: Managed): Promise<Ending> {
  return settled(resource, async () => {
    const { recorded } = resource;
    if (recorded === undefined) return;
    const { id, props } = await host.read(recorded.id, recorded.state);
    resource.recorded = id === "" ? undefined : { id, state: props };
  });
}

async function settled(resource: Managed, step: () => Promise<void>): Promise<Ending> {
  try {
    await step();
    resource.isUnfinished = false;
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What a failed delete says of the record does not come to the engine.
    if (error.partial && resource.declared !== undefined) {
      resource.recorded = { id: error.partial.id, state: error.partial.properties };
      resource.isUnfinished = true;
    }
    return error;
  }
}
