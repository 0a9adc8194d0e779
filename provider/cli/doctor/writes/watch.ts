import type { CakeClient } from "../../../cake/client";
import type { Clock } from "../../../http/clock";
import type { Postback } from "../../../postback/postback";

/** Something was not as it should be: the probe ends. The message names ids and no URL. */
export class Surprise extends Error {}

/** How long after a write the list showed it, in milliseconds. */
export interface Shown {
  /** Asked for the id alone. */
  readonly byId: number;
  /** Without a filter. */
  readonly inWhole: number;
}

// A list may lag behind a write, and nobody knows by how much. Longer than this, a refresh would be wrong too often.
const PAUSES_MS = [0, 250, 500, 1_000, 2_000, 4_000, 8_000];

/** Watches through the list what became of a write. */
export class Watch {
  constructor(
    private readonly client: CakeClient,
    private readonly clock: Clock,
  ) {}

  /** Looks until both views of the list show the record so. @param after The write that it should show. */
  async until(record: Postback, after: string): Promise<Shown> {
    const start = this.clock.now();
    const ask = async (filter: Parameters<CakeClient["list"]>[0], how: string) => {
      for (const pause of PAUSES_MS) {
        await this.clock.sleep(pause);
        const { rows } = await this.client.list(filter);
        if (isSame(rows.get(record.postbackId), record)) return this.clock.now() - start;
      }
      const seconds = Math.round((this.clock.now() - start) / 1000);
      throw new Surprise(
        `For ${seconds} s after ${after} the list${how} did not show postback ${record.postbackId} as it should be.`,
      );
    };
    const byId = await ask({ postbackId: record.postbackId }, ", asked for its id,");
    return { byId, inWhole: await ask({}, "") };
  }

  /** The status that the list shows now, if it shows the record. */
  async statusOf(postbackId: number): Promise<string | undefined> {
    const listing = await this.client.list({ postbackId }).catch(() => undefined);
    return listing?.rows.get(postbackId)?.postbackStatus;
  }
}

function isSame(one: Postback | undefined, other: Postback): boolean {
  return (
    one !== undefined &&
    (Object.keys(other) as (keyof Postback)[]).every((field) => one[field] === other[field])
  );
}
