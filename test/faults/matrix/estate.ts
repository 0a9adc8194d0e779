import type { Postback } from "../../../provider/postback/postback";
import type { SandboxInstance } from "../../../provider/sandbox";
import { postbackGoal, postbackKept } from "../../engine/postbacks";
import { type Goal, Stack } from "../../engine/stack";
import { stateOf } from "../../host/support/postbacks";
import type { Bag } from "../../host/support/proto";
import { CANARY } from "../../host/support/secrets";
import { World } from "../../host/support/world";
import type { Operation, Part } from "./table";

/** A partner's secret in the URL of every postback. */
export const URL_SECRET = "pArtn3r-t0ken-cAn4ry~4b81_Ee93";
export const URL_OLD = `https://tracker.partner.example/postback?cid=#s2#&token=${URL_SECRET}`;
export const URL_NEW = `https://tracker.partner.example/postback?cid=#s3#&token=${URL_SECRET}`;
const URL_OTHER = `https://elsewhere.example/postback?cid=#s2#&token=${URL_SECRET}`;

/** The seven postbacks of an instance, listed two on a page, and what each is there for. */
export const ESTATE = {
  first: 1,
  updated: 3,
  deleted: 4,
  /** Somebody else removes it between two pages. */
  removed: 6,
  last: 7,
  /** The number of the row with which the last page begins. */
  lastPage: 6,
} as const;

/** Affiliate and offer of the postback that is to be created. */
export const pair = { affiliateId: 67890, offerId: 12345 } as const;

/** An ordinary CAKE, but for its small pages. */
export function recover(cake: SandboxInstance): void {
  cake.recover();
  cake.behave({ maxRows: 2 });
}

export async function openEstate(): Promise<World> {
  const world = await World.open("dynamic", {
    instances: {
      cake: { apiKey: CANARY, postbacks: rows(1000, URL_OLD) },
      other: { apiKey: CANARY, postbacks: rows(2000, URL_OTHER) },
    },
  });
  recover(world.cake);
  return world;
}

function rows(firstAffiliate: number, postbackUrl: string): Postback[] {
  return Array.from({ length: ESTATE.last }, (_, index) => ({
    postbackId: index + 1,
    affiliateId: firstAffiliate + index,
    offerId: 12345,
    postbackUrl,
    postbackStatus: "active",
    postbackType: "Server",
  }));
}

/** A resource of an operation: how the state has it, and how the program declares it. */
export interface Managed {
  readonly part: Part;
  readonly goal: Goal;
  /** Whether the program declares it. */
  readonly isDeclared: boolean;
}

/** The resources that an operation is about, and the stack as it is before. */
export function managedBy(
  operation: Operation,
  cake: SandboxInstance,
): { resources: Managed[]; stack: Stack } {
  const stack = new Stack();
  const created = (): Managed => ({
    ...{ part: "create", isDeclared: true },
    goal: postbackGoal("dev", "created", { ...pair, postbackUrl: URL_NEW }),
  });
  const kept = (part: Part, postbackId: number, changes?: Bag): Managed => {
    const { affiliateId, offerId, postbackUrl, postbackStatus } = stateOf(cake, postbackId);
    const what = { affiliateId, offerId, postbackUrl: String(postbackUrl), postbackStatus };
    const name = `postback-${postbackId}`;
    stack.put(postbackKept(postbackGoal("dev", name, what), cake, postbackId));
    return {
      ...{ part, isDeclared: changes !== undefined },
      goal: postbackGoal("dev", name, { ...what, ...changes }),
    };
  };
  const resourcesOf: Readonly<Record<Operation, () => Managed[]>> = {
    create: () => [created()],
    update: () => [kept("update", ESTATE.last, { postbackUrl: URL_NEW })],
    delete: () => [kept("delete", ESTATE.last)],
    read: () => [kept("read", ESTATE.last, {})],
    list: () => [
      kept("first", ESTATE.first, {}),
      kept("last", ESTATE.last, {}),
      created(),
      kept("update", ESTATE.updated, { postbackUrl: URL_NEW }),
      kept("delete", ESTATE.deleted),
    ],
  };
  return { resources: resourcesOf[operation](), stack };
}
