import type { CakeClient } from "../../../cake/client";
import type { Watch } from "./watch";

/** What must be known of a probe that was stopped. */
export interface Stopped {
  readonly client: CakeClient;
  readonly watch: Watch;
  /** The ids that CAKE answered, with the status that it last answered for each. */
  readonly written: ReadonlyMap<number, string>;
  /** The ids that were there before the probe. */
  readonly before: ReadonlyMap<number, unknown>;
}

/**
 * Nothing else is written after a surprise, but an active record would be a postback that fires: it is set back.
 * One that was there before is somebody's, and not for the probe to switch off. Says what was done, record by record.
 */
export async function leaveInactive({ client, watch, written, before }: Stopped): Promise<string[]> {
  const notes: string[] = [];
  for (const [postbackId, answered] of written) {
    if (before.has(postbackId)) notes.push(`Postback ${postbackId} was there before: look at it in CAKE.`);
    else if (!(await isInactive(watch, postbackId, answered)))
      notes.push(await setBack(client, watch, postbackId));
  }
  return notes;
}

// Where the list shows nothing, what CAKE answered must do.
async function isInactive(watch: Watch, postbackId: number, answered: string): Promise<boolean> {
  const listed = await watch.statusOf(postbackId);
  return answered === "inactive" && (listed ?? answered) === "inactive";
}

async function setBack(client: CakeClient, watch: Watch, postbackId: number): Promise<string> {
  const row = await client.update(postbackId, { postbackStatus: "inactive" }).catch(() => undefined);
  const isSet = row?.postbackStatus === "inactive" && (await watch.statusOf(postbackId)) === "inactive";
  return isSet
    ? `Postback ${postbackId} was set to inactive again.`
    : `Postback ${postbackId} may be ACTIVE: look at it in CAKE now and switch it off.`;
}
