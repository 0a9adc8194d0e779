import { CakeClient } from "../../cake/client";
import type { Clock } from "../../http/clock";
import { Pace } from "../../http/pace";
import { createTransport, type Transport } from "../../http/transport";
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
    const { settings, origin, apiKey, redact } = instance;
    const { paths, requestTimeoutMs, operationTimeoutMs, concurrency, callsPerSecond, proxy } = settings;
    this.client = new CakeClient({
      ...{ origin, apiKey, paths, requestTimeoutMs, operationTimeoutMs, clock, redact },
      transport: this.counting(createTransport({ proxy, connections: concurrency })),
      pace: new Pace({ atOnce: concurrency, perSecond: callsPerSecond }, clock),
      permitWrite: () => Promise.reject(new Error("This command only reads.")),
    });
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
