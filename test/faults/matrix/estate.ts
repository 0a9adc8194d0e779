import type { Postback } from "../../../provider/postback/postback";
import type { SandboxInstance } from "../../../provider/sandbox";
import { inputs, stateOf } from "../../host/support/postbacks";
import type { Bag } from "../../host/support/proto";
import { CANARY } from "../../host/support/secrets";
import { World } from "../../host/support/world";
import type { Managed } from "./engine";
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
  const world = await World.open({
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

/** The resources that an operation is about, as the program declares them and the state has them. */
export function managedBy(operation: Operation, cake: SandboxInstance): Managed[] {
  const created = (): Managed => ({
    ...{ part: "create", recorded: undefined, isUnfinished: false },
    declared: inputs({ ...pair, postbackUrl: URL_NEW, __origin: "origin-of-create" }),
  });
  const kept = (part: Part, postbackId: number, declared?: Bag): Managed => ({
    ...{ part, isUnfinished: false },
    declared: declared && { ...asDeclared(cake, postbackId), ...declared },
    recorded: {
      id: String(postbackId),
      state: stateOf(cake, postbackId, { __origin: `origin-${postbackId}` }),
    },
  });
  switch (operation) {
    case "create":
      return [created()];
    case "update":
      return [kept("update", ESTATE.last, inputsWith(URL_NEW))];
    case "delete":
      return [kept("delete", ESTATE.last)];
    case "read":
      return [kept("read", ESTATE.last, {})];
    case "list":
      return [
        kept("first", ESTATE.first, {}),
        kept("last", ESTATE.last, {}),
        created(),
        kept("update", ESTATE.updated, inputsWith(URL_NEW)),
        kept("delete", ESTATE.deleted),
      ];
  }
}

function inputsWith(postbackUrl: string): Bag {
  const { urlParts } = inputs({ postbackUrl });
  return { postbackUrl, urlParts };
}

function asDeclared(cake: SandboxInstance, postbackId: number): Bag {
  const { affiliateId, offerId, postbackUrl, postbackStatus } = stateOf(cake, postbackId);
  return inputs({
    ...{ affiliateId, offerId, postbackStatus, __origin: `origin-${postbackId}` },
    postbackUrl: String(postbackUrl),
  });
}
