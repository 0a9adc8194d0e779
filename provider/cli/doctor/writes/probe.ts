import type { CakeClient } from "../../../cake/client";
import { CakeError, isCakeError } from "../../../cake/errors";
import type { Clock } from "../../../http/clock";
import type { Postback, PostbackDeclaration } from "../../../postback/postback";
import { type Pair, probeRecord, probeUrl, refusalFor } from "./records";
import type { WriteReport } from "./report";
import type { Settled } from "./settled";
import { Surprise, Watch } from "./watch";

export interface ProbeOptions extends Pair {
  readonly client: CakeClient;
  readonly clock: Clock;
  /** What tells this run's records from those of others. */
  readonly run: string;
  /** Told of every record as soon as it is there, in case the rest does not come to its end. */
  readonly tell: (text: string) => void;
}

/** Writes inactive records to settle what no article says, in the order of growing risk, up to the first surprise. */
export async function probeWrites(options: ProbeOptions): Promise<WriteReport> {
  return new Probe(options).run();
}

class Probe {
  private settled: Settled = {};
  private readonly made = new Set<number>();
  private readonly watch: Watch;

  constructor(private readonly options: ProbeOptions) {
    this.watch = new Watch(options.client, options.clock);
  }

  async run(): Promise<WriteReport> {
    try {
      const listing = await this.options.client.list();
      const refusal = refusalFor(this.options, listing);
      if (refusal !== undefined) return { settled: {}, leftBehind: [], refusal };
      await this.settle(listing.rows);
      return this.report();
    } catch (error) {
      if (!(error instanceof Surprise || error instanceof CakeError)) throw error;
      const aftermath = await this.leaveInactive();
      return { ...this.report(), surprise: [error.message, ...aftermath].join(" ") };
    }
  }

  private report(): WriteReport {
    return { settled: this.settled, leftBehind: [...this.made] };
  }

  private async settle(before: ReadonlyMap<number, Postback>): Promise<void> {
    const first = await this.post(1);
    refuseToGoOnOver(before.get(first.postbackId), this.options);
    const shown = await this.watch.until(first, "is shown");
    this.note({ shownById: shown.byId, shownInWhole: shown.inWhole });
    const last = await this.settlePosts(first, before);
    await this.settleUpdates(last);
  }

  /** Returns the record that the updates are tried on. */
  private async settlePosts(first: Postback, before: ReadonlyMap<number, Postback>): Promise<Postback> {
    const second = await this.post(2).catch(whereRefused);
    if (second === "refused") {
      this.note({ secondPost: "is refused" });
      return first;
    }
    const overwrote = second.postbackId === first.postbackId || before.has(first.postbackId);
    this.note({ secondPost: overwrote ? "overwrites" : "inserts" });
    if (second.postbackId !== first.postbackId)
      await this.watch.until(first, "was not changed by a second POST");
    const again = await this.post(2).catch(whereRefused);
    if (again === "refused") this.note({ identicalPost: "is refused" });
    else
      this.note({
        identicalPost: again.postbackId === second.postbackId ? "answers the same record" : "inserts",
      });
    return second;
  }

  // The status first, because it is set to what it is: whatever else the update does, the record stays inactive.
  private async settleUpdates(record: Postback): Promise<void> {
    const { client, run } = this.options;
    const { postbackId } = record;
    const first = await client.update(postbackId, { postbackStatus: "inactive" }).catch(whereMissing);
    if (first === "missing") return this.note({ updateEndpoint: "missing" });
    this.note({ updateEndpoint: "there" });
    if (first.postbackUrl !== record.postbackUrl) {
      this.note({ statusUpdate: "does not keep the URL" });
      throw new Surprise(`An update of the status alone changed the URL of postback ${postbackId}.`);
    }
    await this.watch.until(record, "kept its URL through an update of its status");
    this.note({ statusUpdate: "keeps the URL" });

    const postbackUrl = probeUrl(run, 4);
    const second = await client.update(postbackId, { postbackUrl });
    if (second.postbackStatus !== "inactive") {
      this.note({ urlUpdate: "does not keep the status" });
      throw new Surprise(`An update of the URL alone changed the status of postback ${postbackId}.`);
    }
    if (second.postbackUrl !== postbackUrl) {
      this.note({ urlUpdate: "changes nothing" });
      throw new Surprise(
        `CAKE said yes to an update of the URL of postback ${postbackId}, and did not change it.`,
      );
    }
    const shown = await this.watch.until({ ...record, postbackUrl }, "shows its new URL and its old status");
    this.note({
      urlUpdate: "keeps the status",
      shownById: Math.max(this.settled.shownById ?? 0, shown.byId),
      shownInWhole: Math.max(this.settled.shownInWhole ?? 0, shown.inWhole),
    });
  }

  private async post(number: number): Promise<Postback> {
    const { client, run, tell } = this.options;
    const declaration = probeRecord(this.options, run, number);
    const row = await client.create(declaration).catch((error: unknown) => {
      if (!isCakeError(error) || !error.outcomeUnknown) throw error;
      throw new Surprise(
        `Whether CAKE made a record is not known: look for "pulumi-cake-probe" with run=${run} at affiliate ${declaration.affiliateId} in CAKE. ${error.message}`,
      );
    });
    if (!this.made.has(row.postbackId)) tell(`CAKE has written postback ${row.postbackId}.`);
    this.made.add(row.postbackId);
    const wrong = differences(row, declaration);
    if (wrong.length === 0) return row;
    throw new Surprise(
      `CAKE wrote postback ${row.postbackId} with another ${wrong.join(" and ")} than it was sent.`,
    );
  }

  private note(more: Settled): void {
    this.settled = { ...this.settled, ...more };
  }

  // Nothing else is written after a surprise, but an active record would be a postback that fires.
  private async leaveInactive(): Promise<string[]> {
    const notes: string[] = [];
    for (const postbackId of this.made) {
      if (await this.watch.isInactive(postbackId)) continue;
      const off = await this.options.client
        .update(postbackId, { postbackStatus: "inactive" })
        .catch(() => undefined);
      const isOff = off?.postbackStatus === "inactive" && (await this.watch.isInactive(postbackId));
      notes.push(
        isOff
          ? `Postback ${postbackId} was set to inactive again.`
          : `Postback ${postbackId} may be ACTIVE: look at it in CAKE now and switch it off.`,
      );
    }
    return notes;
  }
}

// The affiliate had nothing but what earlier probes left behind, so CAKE wrote over somebody else's postback.
function refuseToGoOnOver(before: Postback | undefined, { affiliateId }: Pair): void {
  if (before === undefined || before.affiliateId === affiliateId) return;
  throw new Surprise(
    `CAKE wrote over postback ${before.postbackId}, which belonged to affiliate ${before.affiliateId}: restore it in CAKE.`,
  );
}

function differences(row: Postback, sent: PostbackDeclaration): string[] {
  return [
    ...(row.affiliateId === sent.affiliateId ? [] : ["affiliate"]),
    ...(row.offerId === sent.offerId ? [] : ["offer"]),
    ...(row.postbackUrl === sent.postbackUrl ? [] : ["URL"]),
    ...(row.postbackStatus === sent.postbackStatus ? [] : ["status"]),
  ];
}

function whereRefused(error: unknown): "refused" {
  if (isCakeError(error, "refused")) return "refused";
  throw error;
}

function whereMissing(error: unknown): "missing" {
  if (isCakeError(error, "missing")) return "missing";
  throw error;
}
