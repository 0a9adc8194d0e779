import type { CakeClient } from "../../../cake/client";
import { CakeError, isCakeError } from "../../../cake/errors";
import type { Clock } from "../../../http/clock";
import type { Postback, PostbackDeclaration } from "../../../postback/postback";
import { leaveInactive } from "./aftermath";
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
  /** The records of this run, with the status that CAKE last answered for each. */
  private readonly made = new Map<number, string>();
  /** The records before the first write. */
  private before: ReadonlyMap<number, Postback> = new Map();
  private readonly watch: Watch;

  constructor(private readonly options: ProbeOptions) {
    this.watch = new Watch(options.client, options.clock);
  }

  async run(): Promise<WriteReport> {
    try {
      const listing = await this.options.client.list();
      const refusal = refusalFor(this.options, listing);
      if (refusal !== undefined) return { settled: {}, leftBehind: [], refusal };
      this.before = listing.rows;
      await this.settle();
      return this.report();
    } catch (error) {
      if (!(error instanceof Surprise || error instanceof CakeError)) throw error;
      const { before, made: written, watch } = this;
      const aftermath = await leaveInactive({ client: this.options.client, watch, written, before });
      return { ...this.report(), surprise: [error.message, ...aftermath].join(" ") };
    }
  }

  private report(): WriteReport {
    return { settled: this.settled, leftBehind: [...this.made.keys()] };
  }

  private async settle(): Promise<void> {
    const first = await this.post(1);
    const shown = await this.watch.until(first, "the first POST");
    this.note({ shownById: shown.byId, shownInWhole: shown.inWhole });
    const last = await this.settlePosts(first);
    await this.settleUpdates(last);
  }

  /** Returns the record that the updates are tried on. */
  private async settlePosts(first: Postback): Promise<Postback> {
    const second = await this.post(2).catch(whereRefused);
    if (second === "refused") {
      this.note({ secondPost: "is refused" });
      return first;
    }
    const overwrote = second.postbackId === first.postbackId || this.before.has(first.postbackId);
    this.note({ secondPost: overwrote ? "overwrites" : "inserts" });
    if (second.postbackId !== first.postbackId) await this.watch.until(first, "a second POST");
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
    refuseAnotherId(first, postbackId);
    if (first.postbackUrl !== record.postbackUrl) {
      this.note({ statusUpdate: "does not keep the URL" });
      throw new Surprise(`An update of the status alone changed the URL of postback ${postbackId}.`);
    }
    await this.watch.until(record, "an update of its status");
    this.note({ statusUpdate: "keeps the URL" });

    const postbackUrl = probeUrl(run, 4);
    const second = await client.update(postbackId, { postbackUrl });
    refuseAnotherId(second, postbackId);
    this.made.set(postbackId, second.postbackStatus);
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
    const shown = await this.watch.until({ ...record, postbackUrl }, "an update of its URL");
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
    this.made.set(row.postbackId, row.postbackStatus);
    refuseToGoOnOver(this.before.get(row.postbackId), declaration);
    const wrong = differences(row, declaration);
    if (wrong.length === 0) return row;
    throw new Surprise(
      `CAKE wrote postback ${row.postbackId} with another ${wrong.join(" and ")} than it was sent.`,
    );
  }

  private note(more: Settled): void {
    this.settled = { ...this.settled, ...more };
  }
}

// The affiliate had nothing but what earlier probes left behind, so this is somebody else's postback.
function refuseToGoOnOver(before: Postback | undefined, { affiliateId }: Pair): void {
  if (before === undefined || before.affiliateId === affiliateId) return;
  throw new Surprise(
    `CAKE answered with postback ${before.postbackId} of affiliate ${before.affiliateId}, and may have written over it.`,
  );
}

function refuseAnotherId({ postbackId }: Postback, asked: number): void {
  if (postbackId === asked) return;
  throw new Surprise(
    `CAKE answered an update of postback ${asked} with postback ${postbackId}: look at both.`,
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
