import type { CakeClient } from "../../../cake/client";
import { connect } from "../../../cake/connect";
import type { Clock } from "../../../http/clock";
import type { Transport } from "../../../http/transport";
import type { Instance } from "../instance";

/** What was asked of CAKE. */
export interface Counted {
  /** Calls that were sent, repeated ones included. */
  readonly calls: number;
}

/** A client that only reads, and counts what it sends. */
export class Reader implements Counted {
  readonly client: CakeClient;
  private sent = 0;

  constructor(
    readonly instance: Instance,
    readonly clock: Clock,
  ) {
    const { settings, origin, apiKey } = instance;
    this.client = connect({ ...settings, origin, apiKey }, clock, (transport) => this.counting(transport));
  }

  get calls(): number {
    return this.sent;
  }

  private counting(transport: Transport): Transport {
    return {
      send: (request) => {
        this.sent += 1;
        return transport.send(request);
      },
    };
  }
}
