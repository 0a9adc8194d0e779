import {
  hash,
  type Postback,
  type PostbackDeclaration,
  type PostbackTypeId,
  postbackIdOf,
  resourceId,
  typeIdOf,
} from "../postback/postback";
import type { ClickIdSlot } from "../postback/rules/rule";
import { isEchoOf, type UrlParts, urlParts } from "../postback/url";
import type { CreateLockId } from "./journal/journal";

/** What a program says about a postback for its reviewers. CAKE never learns of it. */
export interface ReviewOptions {
  /** Why this postback bears what a rule finds, by the rule's id. */
  suppress?: Record<string, string>;
  /** The sub id that holds the partner's click id. */
  clickIdSlot?: ClickIdSlot;
  /** Until when another tracker may be called beside this one: `2026-12-31`. */
  overlapUntil?: string;
}

const REMARKS = ["suppress", "clickIdSlot", "overlapUntil"] as const satisfies (keyof ReviewOptions)[];

/** The remarks among other values; those that are not there left out. */
export function reviewOptionsOf(bag: ReviewOptions): ReviewOptions {
  return Object.fromEntries(
    REMARKS.filter((name) => bag[name] !== undefined).map((name) => [name, bag[name]]),
  );
}

/** The checked inputs of a postback, as Pulumi hands them to create, update and diff. */
export interface Inputs extends PostbackDeclaration, ReviewOptions {
  urlParts?: UrlParts;
  /** Which resource of which stack this is: a hash that the class sets and diff ignores. */
  __origin?: string;
  /** The record to take over instead of creating one. Looked at by create only. */
  adopt?: { postbackId: number; exactly?: boolean };
}

/** The outputs of a postback, as Pulumi keeps them in the state. */
export interface State extends Omit<Inputs, "postbackStatus" | "postbackTypeId" | "adopt"> {
  /** Stays a string: CAKE may know more statuses than an article names. */
  postbackStatus: string;
  /** Missing where it was never declared and CAKE's name of the type is not documented. */
  postbackTypeId?: PostbackTypeId;
  postbackId: number;
  postbackType: string;
  /** Host and port of the CAKE instance that the postback lives on. */
  domain: string;
  /** A hash of the URL as CAKE answers it, where that differs from the URL as it was sent. */
  __echo?: string;
}

/** The state as the engine saved it. One that something else wrote may lack the number that the id says as well. */
export function savedState(id: string, properties: Record<string, unknown>): State {
  return { postbackId: postbackIdOf(id), ...properties } as unknown as State;
}

/** The fields of a postback and nothing else. */
export function declarationOf(inputs: Inputs): PostbackDeclaration {
  const { affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId } = inputs;
  return { affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId };
}

/** Which create stands behind a postback. */
export function createLockId(domain: string, postback: Inputs | State): CreateLockId {
  const { affiliateId, offerId, postbackUrl, postbackTypeId, __origin: origin } = postback;
  // One whose type was never declared was never created by us: no note stands for it.
  return {
    domain,
    origin,
    declaration: { affiliateId, offerId, postbackUrl, postbackTypeId: postbackTypeId ?? 1 },
  };
}

/** What the state already knows of a postback whose live record is about to be written into it. */
export interface Known {
  /** The URL as it was declared, if CAKE is known to answer it in another spelling. */
  readonly declaredUrl?: string | undefined;
  readonly echo?: string | undefined;
  readonly postbackTypeId?: PostbackTypeId | undefined;
  readonly origin?: string | undefined;
  readonly remarks?: ReviewOptions | undefined;
}

/** The state of a postback whose live record is `row`. */
export function stateOf(row: Postback, domain: string, known: Known): State {
  const isEcho = known.echo !== undefined && known.echo === echoOf(row.postbackUrl);
  const postbackUrl = isEcho && known.declaredUrl !== undefined ? known.declaredUrl : row.postbackUrl;
  const postbackTypeId = typeIdOf(row.postbackType) ?? known.postbackTypeId;
  return {
    affiliateId: row.affiliateId,
    offerId: row.offerId,
    postbackUrl,
    postbackStatus: row.postbackStatus,
    ...(postbackTypeId === undefined ? {} : { postbackTypeId }),
    urlParts: urlParts(postbackUrl),
    postbackId: row.postbackId,
    postbackType: row.postbackType,
    domain,
    ...(known.origin === undefined ? {} : { __origin: known.origin }),
    ...(isEcho && known.echo !== undefined ? { __echo: known.echo } : {}),
    ...known.remarks,
  };
}

/** The state after CAKE confirmed a write: an answer that spells the URL differently is kept as an echo, not as a change. */
export function stateAfterWrite(row: Postback, domain: string, inputs: Inputs): State {
  const isEcho = row.postbackUrl !== inputs.postbackUrl && isEchoOf(row.postbackUrl, inputs.postbackUrl);
  const echo = isEcho ? echoOf(row.postbackUrl) : undefined;
  const { postbackTypeId, __origin: origin, postbackUrl: declaredUrl } = inputs;
  return stateOf(row, domain, {
    declaredUrl,
    echo,
    postbackTypeId,
    origin,
    remarks: reviewOptionsOf(inputs),
  });
}

/** What an earlier state knows, for reading the live record anew. */
export function knownFrom(state: Partial<State>): Known {
  const { postbackUrl: declaredUrl, __echo: echo, postbackTypeId, __origin: origin } = state;
  return { declaredUrl, echo, postbackTypeId, origin, remarks: reviewOptionsOf(state) };
}

/** The inputs that a live record stands for, so that the next preview shows live value against declared value. */
export function inputsOf(state: State): Partial<Record<keyof Inputs, unknown>> {
  const {
    affiliateId,
    offerId,
    postbackUrl,
    postbackStatus,
    postbackTypeId,
    urlParts: parts,
    __origin,
  } = state;
  return {
    affiliateId,
    offerId,
    postbackUrl,
    postbackStatus,
    urlParts: parts,
    ...(postbackTypeId === undefined ? {} : { postbackTypeId }),
    ...(__origin === undefined ? {} : { __origin }),
    ...reviewOptionsOf(state),
  };
}

/** The Pulumi id of a postback's state. */
export function idOf(state: State): string {
  return resourceId(state.postbackId);
}

/** A postback named for a message: no URL, no value. */
export function nameOf(
  postback: Pick<Postback, "affiliateId" | "offerId">,
  postbackId?: number | string,
): string {
  const id = postbackId === undefined ? "the postback" : `postback ${postbackId}`;
  return `${id} (affiliate ${postback.affiliateId}, offer ${postback.offerId})`;
}

function echoOf(url: string): string {
  return hash([url]);
}
