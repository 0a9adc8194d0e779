import type { CakeClient } from "../../../cake/client";
import { connect } from "../../../cake/connect";
import type { Clock } from "../../../http/clock";
import type { Transport } from "../../../http/transport";
import { commandLog } from "../callLog";
import type { Instance } from "../instance";

/** A client that only reads, and counts what it sends. */
export class Reader {
  readonly client: CakeClient;
  /** Calls that were sent, repeated ones included. */
  calls = 0;

  constructor(
    readonly instance: Instance,
    clock: Clock,
  ) {
    const { settings, origin, apiKey } = instance;
    this.client = connect({ ...settings, origin, apiKey }, clock, commandLog(), (transport) =>
      this.counting(transport),
    );
  }

  private counting(transport: Transport): Transport {
    return {
      send: (request) => {
        this.calls += 1;
        return transport.send(request);
      },
    };
  }
}
