import { createHash } from "node:crypto";

/** The statuses that a postback can be given. Source: CAKE article 13000118735. */
export const POSTBACK_STATUSES = ["active", "inactive"] as const;
export type PostbackStatus = (typeof POSTBACK_STATUSES)[number];

/**
 * The kinds of postback that CAKE can be asked for, by the id that a request carries.
 * Source: CAKE article 13000118735 ("1=Server-to-Server, 2=iFrame, 3=Image, 4=JavaScript").
 */
export const POSTBACK_TYPES = {
  1: "server-to-server",
  2: "iFrame",
  3: "image",
  4: "JavaScript",
} as const;
export type PostbackTypeId = keyof typeof POSTBACK_TYPES;
export const POSTBACK_TYPE_IDS = Object.keys(POSTBACK_TYPES).map(Number) as PostbackTypeId[];

/** The type under which Pulumi's engine knows a postback. */
export const TYPE_TOKEN = "pulumi-nodejs:dynamic/cake:AffiliatePostback";

/** What a person declares: every field explicit, because every field is sent. */
export interface PostbackDeclaration {
  affiliateId: number;
  offerId: number;
  postbackUrl: string;
  postbackStatus: PostbackStatus;
  postbackTypeId: PostbackTypeId;
}

/** A record as CAKE answers it. Status and type stay strings: CAKE may know more of them than we do. */
export interface Postback {
  postbackId: number;
  affiliateId: number;
  offerId: number;
  postbackUrl: string;
  postbackStatus: string;
  /** CAKE's name of the type; `"Server"` is the only documented one. */
  postbackType: string;
}

// Only this name stands in a CAKE article. A guess for the others could replace a live postback.
const TYPE_ID_OF_NAME: Readonly<Record<string, PostbackTypeId>> = { Server: 1 };

/** The type id behind CAKE's name, or `undefined` where no article tells it. */
export function typeIdOf(postbackType: string): PostbackTypeId | undefined {
  return Object.hasOwn(TYPE_ID_OF_NAME, postbackType) ? TYPE_ID_OF_NAME[postbackType] : undefined;
}

/** Whether CAKE's name of a type stands for a type id. A name that no article tells proves neither. */
export type TypeMatch = "equal" | "different" | "unknown";

export function matchType(postbackType: string, typeId: PostbackTypeId): TypeMatch {
  const known = typeIdOf(postbackType);
  if (known === undefined) return "unknown";
  return known === typeId ? "equal" : "different";
}

/**
 * Which resource of which stack this is: a hash of its URN, made in the same way by every door to the engine. Neither the
 * organization nor the backend is part of a URN.
 */
export function identityOf(urn: string): string {
  return hash([urn]);
}

/** What tells one postback from another: affiliate, offer, type and the URL byte for byte. Hashed, because URLs hold secrets. */
export function fingerprint(postback: Omit<PostbackDeclaration, "postbackStatus">): string {
  const { affiliateId, offerId, postbackTypeId, postbackUrl } = postback;
  return hash([affiliateId, offerId, postbackTypeId, postbackUrl]);
}

/** A short, stable hash of plain values. */
export function hash(values: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}

/** The Pulumi resource id of a postback: its CAKE id in decimal. */
export function resourceId(postbackId: number): string {
  return String(postbackId);
}

/** The CAKE id behind a Pulumi resource id, or `undefined` if it cannot be one. */
export function postbackIdOf(id: string): number | undefined {
  const number = Number(id);
  return /^[1-9]\d*$/.test(id) && Number.isSafeInteger(number) ? number : undefined;
}
