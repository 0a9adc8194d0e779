import { identityOf as identityOfUrn, type Postback, TYPE_TOKEN } from "../../../provider/postback/postback";
import { type UrlParts, urlParts } from "../../../provider/postback/url";
import { SHELL } from "../../../provider/resource/shell";
import type { SandboxInstance } from "../../../provider/sandbox";
import type { Bag } from "./proto";

export const URL_A = "https://tracker.partner.example/postback?cid=#s2#&payout=#price#";
export const URL_B = "https://tracker.partner.example/postback?cid=#s3#&payout=#price#";

/** The inputs of a postback as `check` leaves them, what the class adds included. Each affiliate has a resource of its own. */
export function inputs(changes: Bag & { postbackUrl?: string } = {}): Bag {
  const { postbackUrl = URL_A, affiliateId = 67890 } = changes;
  return {
    affiliateId,
    offerId: 12345,
    postbackUrl,
    postbackStatus: "active",
    postbackTypeId: 1,
    urlParts: parts(postbackUrl),
    __urn: identityOf(affiliateId),
    __provider: SHELL,
    ...changes,
  };
}

/** The state of a live postback, as a create or a refresh left it. */
export function stateOf(cake: SandboxInstance, postbackId: number, changes: Bag = {}): Bag {
  const row = cake.postback(postbackId);
  if (row === undefined) throw new Error(`The sandbox has no postback ${postbackId}.`);
  return {
    ...row,
    postbackTypeId: 1,
    urlParts: parts(row.postbackUrl),
    domain: cake.domain,
    __urn: identityOf(row.affiliateId),
    __provider: SHELL,
    ...changes,
  };
}

// An identity is a hash, and the plugin is given what it is made of.
const urns = new Map<unknown, string>();

/** The identity of a resource, as its program sends it. */
export function identify(urn: string): string {
  const identity = identityOfUrn(urn);
  urns.set(identity, urn);
  return identity;
}

/** The URN of the resource that has an identity. */
export function urnOf(identity: unknown): string {
  return urns.get(identity) ?? `urn:pulumi:dev::shop::${TYPE_TOKEN}::postback`;
}

/** The identity of the resource that declares the postback of an affiliate. */
export function identityOf(affiliateId: unknown): string {
  return identify(`urn:pulumi:dev::shop::${TYPE_TOKEN}::affiliate-${affiliateId}`);
}

/** Live postbacks with the ids 1, 2, …, each of another affiliate. */
export function rows(count: number): Postback[] {
  return Array.from({ length: count }, (_, index) => ({
    postbackId: index + 1,
    affiliateId: 1000 + index,
    offerId: 12345,
    postbackUrl: URL_A,
    postbackStatus: "active",
    postbackType: "Server",
  }));
}

export function without(bag: Bag, ...names: string[]): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => !names.includes(name)));
}

// As a bag: an optional part that is missing must not travel as undefined.
function parts(url: string): UrlParts {
  return urlParts(url);
}
