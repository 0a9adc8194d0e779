import { createHash } from "node:crypto";

/** The statuses that a postback can be given. Source: CAKE article 13000118735. */
export const POSTBACK_STATUSES = ["active", "inactive"] as const;
export type PostbackStatus = (typeof POSTBACK_STATUSES)[number];

/**
 * The types of postback that a request can name, by their IDs.
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

/** The type token of a dynamic resource's postback in Pulumi's engine. */
export const TYPE_TOKEN = "pulumi-nodejs:dynamic/cake:AffiliatePostback";

/** The type token of a postback of the provider plugin. */
export const PLUGIN_TYPE_TOKEN = "cake:index:AffiliatePostback";

/** Whether a resource type of the engine is a postback, of the dynamic provider or of the plugin. */
export function isPostbackType(type: string | undefined): boolean {
  return type === TYPE_TOKEN || type === PLUGIN_TYPE_TOKEN;
}

/** What a program declares. Every field has a value, because every field is sent. */
export interface PostbackDeclaration {
  affiliateId: number;
  offerId: number;
  postbackUrl: string;
  postbackStatus: PostbackStatus;
  postbackTypeId: PostbackTypeId;
}

/**
 * A postback as CAKE returns it. Status and type are strings, because CAKE may have more of them than its articles
 * name.
 */
export interface Postback {
  postbackId: number;
  affiliateId: number;
  offerId: number;
  postbackUrl: string;
  postbackStatus: string;
  /** CAKE's name of the type; `"Server"` is the only documented one. */
  postbackType: string;
}

// CAKE's articles name only this type. A guess for another name could replace a live postback.
const TYPE_ID_OF_NAME: Readonly<Record<string, PostbackTypeId>> = { Server: 1 };

/** The type ID of CAKE's name for a type, or `undefined` if no article names it. */
export function typeIdOf(postbackType: string): PostbackTypeId | undefined {
  return Object.hasOwn(TYPE_ID_OF_NAME, postbackType) ? TYPE_ID_OF_NAME[postbackType] : undefined;
}

/** Whether CAKE's name of a type means this type ID. A name that no article has proves neither. */
export type TypeMatch = "equal" | "different" | "unknown";

export function matchType(postbackType: string, typeId: PostbackTypeId): TypeMatch {
  const known = typeIdOf(postbackType);
  if (known === undefined) return "unknown";
  return known === typeId ? "equal" : "different";
}

/**
 * Identifies a resource of a stack: a hash of its URN, in which both type tokens count as the dynamic one. So a resource
 * that moves between the dynamic provider and the plugin stays the same. Neither the organization nor the backend is part
 * of a URN.
 */
export function identityOf(urn: string): string {
  // The third part is the type behind those of its parents. A name may have a token in it, and stays as it is.
  const moved = urn.split("::").map((part, at) => (at === 2 ? ofDynamic(part) : part));
  return hash([moved.join("::")]);
}

function ofDynamic(types: string): string {
  const each = types.split("$").map((type) => (type === PLUGIN_TYPE_TOKEN ? TYPE_TOKEN : type));
  return each.join("$");
}

/**
 * What identifies a postback: affiliate, offer, type and URL, byte for byte. It is a hash, because URLs hold secrets.
 */
export function fingerprint(postback: Omit<PostbackDeclaration, "postbackStatus">): string {
  const { affiliateId, offerId, postbackTypeId, postbackUrl } = postback;
  return hash([affiliateId, offerId, postbackTypeId, postbackUrl]);
}

/** A short, stable hash of plain values. */
export function hash(values: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}

/** The Pulumi resource ID of a postback: its CAKE ID in decimal digits. */
export function resourceId(postbackId: number): string {
  return String(postbackId);
}

/** The CAKE ID of a Pulumi resource ID, or `undefined` if it cannot be one. */
export function postbackIdOf(id: string): number | undefined {
  const number = Number(id);
  return /^[1-9]\d*$/.test(id) && Number.isSafeInteger(number) ? number : undefined;
}
