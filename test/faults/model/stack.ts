import { Refusal } from "../../host/support/failures";
import { inputs } from "../../host/support/postbacks";
import type { Bag } from "../../host/support/proto";
import type { Host } from "../matrix/hosts";

/** What a program says of one postback. Its affiliate stands for its name. */
export interface Declared {
  readonly offerId: number;
  readonly postbackUrl: string;
  readonly postbackStatus: "active" | "inactive";
}

export type Program = ReadonlyMap<number, Declared>;

interface Recorded {
  readonly id: string;
  readonly state: Bag;
  /** Its last step was a partial failure: the next `up` then tries an update. */
  readonly isUnfinished?: boolean;
}

/** How one step of a run ended; the refusal where it failed. */
export interface Ended {
  readonly affiliateId: number;
  readonly step: "none" | "create" | "update" | "replace" | "delete" | "read";
  readonly refusal?: Refusal;
}

/** The engine with its state, as far as one kind of resource goes: create, update, replace, delete, and what a failure leaves. */
export class Stack {
  readonly resources = new Map<number, Recorded>();
  /** Replaced ones, by affiliate, that are still to be deleted. */
  readonly replaced: [number, Recorded][] = [];
  /** Creates that were begun and of whose end the engine knows nothing, with what was declared. */
  readonly pending = new Map<number, Declared[]>();

  /** @param isOver Whether the run was killed: what comes after that, the engine never hears. */
  async up(host: Host, program: Program, isOver: () => boolean): Promise<Ended[]> {
    const ends = await Promise.all(
      [...program].map(([affiliateId, declared]) =>
        this.ending(affiliateId, isOver, () => this.bringAbout(host, affiliateId, declared, isOver)),
      ),
    );
    if (isOver() || ends.some(({ refusal }) => refusal)) return ends;
    return [...ends, ...(await this.clear(host, program, isOver))];
  }

  refresh(host: Host): Promise<Ended[]> {
    return Promise.all(
      [...this.resources].map(([affiliateId, { id, state }]) =>
        this.ending(
          affiliateId,
          () => false,
          async () => {
            const read = await host.read(id, state);
            if (read.id === "") this.resources.delete(affiliateId);
            else this.resources.set(affiliateId, { id: read.id, state: read.props });
            return "read";
          },
        ),
      ),
    );
  }

  private async bringAbout(
    host: Host,
    affiliateId: number,
    declared: Declared,
    isOver: () => boolean,
  ): Promise<Ended["step"]> {
    const news = inputs({ affiliateId, ...declared, __origin: `resource-${affiliateId}` });
    const recorded = this.resources.get(affiliateId);
    if (recorded === undefined) {
      await this.create(host, news, declared, isOver);
      return "create";
    }
    const { changes, replaces } = await host.diff(recorded.id, recorded.state, news);
    if (replaces.length > 0) {
      await this.create(host, news, declared, isOver);
      if (!isOver()) this.replaced.push([affiliateId, recorded]);
      return "replace";
    }
    if (!changes && !recorded.isUnfinished) return "none";
    const { outs } = await host.update(recorded.id, recorded.state, news);
    if (!isOver()) this.resources.set(affiliateId, { id: recorded.id, state: outs });
    return "update";
  }

  private async create(host: Host, news: Bag, declared: Declared, isOver: () => boolean): Promise<void> {
    const affiliateId = Number(news.affiliateId);
    const others = this.pending.get(affiliateId) ?? [];
    this.pending.set(affiliateId, [...others, declared]);
    try {
      const { id, outs } = await host.create(news);
      if (!isOver()) this.resources.set(affiliateId, { id, state: outs });
    } finally {
      if (!isOver()) this.pending.set(affiliateId, others);
    }
  }

  private clear(host: Host, program: Program, isOver: () => boolean): Promise<Ended[]> {
    const undeclared = [...this.resources].filter(([affiliateId]) => !program.has(affiliateId));
    return Promise.all(
      [...this.replaced, ...undeclared].map(([affiliateId, recorded]) =>
        this.ending(affiliateId, isOver, async () => {
          await host.delete(recorded.id, recorded.state);
          if (!isOver()) this.drop(affiliateId, recorded);
          return "delete";
        }),
      ),
    );
  }

  private drop(affiliateId: number, recorded: Recorded): void {
    if (this.resources.get(affiliateId) === recorded) this.resources.delete(affiliateId);
    const at = this.replaced.findIndex(([, other]) => other === recorded);
    if (at >= 0) this.replaced.splice(at, 1);
  }

  private async ending(
    affiliateId: number,
    isOver: () => boolean,
    step: () => Promise<Ended["step"]>,
  ): Promise<Ended> {
    try {
      return { affiliateId, step: await step() };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // What a failed delete or read says of the record does not come to the engine.
      if (error.partial && !isOver())
        this.resources.set(affiliateId, {
          id: error.partial.id,
          state: error.partial.properties,
          isUnfinished: true,
        });
      return { affiliateId, step: "none", refusal: error };
    }
  }
}
