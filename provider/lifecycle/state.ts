import { fieldsThat } from "../postback/fields";
import type { ClickIdSlot } from "../postback/macros";
import {
  hash,
  type Postback,
  type PostbackDeclaration,
  type PostbackTypeId,
  postbackIdOf,
  resourceId,
  typeIdOf,
} from "../postback/postback";
import { isEchoOf, type UrlParts, urlParts } from "../postback/url";

/** What a program says about a postback for its reviewers. CAKE never learns of it. */
export interface ReviewOptions {
  /** Rules to suppress: rule ID → reason. */
  suppress?: Record<string, string>;
  /** The sub ID that carries the partner's click ID. */
  clickIdSlot?: ClickIdSlot;
  /** Until when another tracker may be called beside this one: `2026-12-31`. */
  overlapUntil?: string;
}

/** What the state has and CAKE never gets. */
export const REVIEW_OPTIONS: readonly (keyof ReviewOptions)[] = fieldsThat("record");

/** The review options among other values; those that are not there left out. */
export function reviewOptionsOf(bag: ReviewOptions): ReviewOptions {
  return Object.fromEntries(
    REVIEW_OPTIONS.filter((name) => bag[name] !== undefined).map((name) => [name, bag[name]]),
  );
}

/** The checked inputs of a postback, as Pulumi hands them to create, update and diff. */
export interface Inputs extends PostbackDeclaration, ReviewOptions {
  urlParts?: UrlParts;
  /** The record to adopt instead of creating one. Used by create only. */
  adopt?: { postbackId: number; exactly?: boolean };
  /** See {@link State.__applied}. Stands in inputs only after a refresh. */
  __applied?: string;
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
  /** A hash of the URL as CAKE stores it, where that differs from the URL as it was sent. */
  __echo?: string;
  /** A hash of the URL that was applied last, while CAKE shows another one. To put it back is no new URL. */
  __applied?: string;
  /** The last operation failed after CAKE had made or changed the postback: the next update has to read it. */
  __unproven?: true;
}

/** The name of the type of a record that a person vouches for and nobody could read. */
export const TYPE_NOT_SEEN = "not seen";

/** The state as the engine saved it. One that something else wrote may lack the number that the id says as well. */
export function savedState(id: string, properties: Record<string, unknown>): State {
  return { postbackId: postbackIdOf(id), ...properties } as unknown as State;
}

/** The inputs as check has let them pass: the engine hands no others to create and update. */
export function checkedInputs(inputs: Record<string, unknown>): Inputs {
  return inputs as unknown as Inputs;
}

/** The fields of a postback and nothing else. */
export function declarationOf(inputs: PostbackDeclaration): PostbackDeclaration {
  const { affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId } = inputs;
  return { affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId };
}

/** What the state already knows of a postback whose live record is about to be written into it. */
export interface Known {
  /** The URL as it was declared, if CAKE is known to store it in another spelling. */
  readonly declaredUrl?: string | undefined;
  readonly echo?: string | undefined;
  readonly postbackType?: string | undefined;
  readonly postbackTypeId?: PostbackTypeId | undefined;
  readonly applied?: string | undefined;
  readonly options?: ReviewOptions | undefined;
}

/** The state of a postback whose live record is `row`. */
export function stateOf(row: Postback, domain: string, known: Known): State {
  const isEcho = known.echo !== undefined && known.echo === urlHash(row.postbackUrl);
  const postbackUrl = isEcho && known.declaredUrl !== undefined ? known.declaredUrl : row.postbackUrl;
  const postbackTypeId = typeIdIn(row.postbackType, known);
  const isApplied = known.applied === undefined || known.applied === urlHash(postbackUrl);
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
    ...(isEcho && known.echo !== undefined ? { __echo: known.echo } : {}),
    ...(isApplied ? {} : { __applied: known.applied }),
    ...known.options,
  };
}

// A type that no article names keeps the ID that was declared, until CAKE writes another name.
function typeIdIn(postbackType: string, known: Known): PostbackTypeId | undefined {
  const { postbackType: before = postbackType } = known;
  const isSameName = before === postbackType || before === TYPE_NOT_SEEN;
  return typeIdOf(postbackType) ?? (isSameName ? known.postbackTypeId : undefined);
}

/** The state after CAKE confirmed a write: an answer that spells the URL differently is kept as an echo, not as a change. */
export function stateAfterWrite(row: Postback, domain: string, inputs: Inputs): State {
  const isEcho = row.postbackUrl !== inputs.postbackUrl && isEchoOf(row.postbackUrl, inputs.postbackUrl);
  const echo = isEcho ? urlHash(row.postbackUrl) : undefined;
  const { postbackTypeId, postbackUrl: declaredUrl } = inputs;
  return stateOf(row, domain, { declaredUrl, echo, postbackTypeId, options: reviewOptionsOf(inputs) });
}

/** What an earlier state knows, for reading the live record anew. */
export function knownFrom(state: Partial<State>): Known {
  const { postbackUrl: declaredUrl, __echo: echo, postbackType, postbackTypeId } = state;
  const applied = state.__applied ?? (declaredUrl === undefined ? undefined : urlHash(declaredUrl));
  return { declaredUrl, echo, postbackType, postbackTypeId, applied, options: reviewOptionsOf(state) };
}

/** The inputs that a live record stands for, so that the next preview shows live value against declared value. */
export function inputsOf(state: State): Partial<Record<keyof Inputs, unknown>> {
  const { affiliateId, offerId, postbackUrl, postbackStatus, postbackTypeId, __applied } = state;
  return {
    affiliateId,
    offerId,
    postbackUrl,
    postbackStatus,
    urlParts: state.urlParts,
    ...(postbackTypeId === undefined ? {} : { postbackTypeId }),
    ...(__applied === undefined ? {} : { __applied }),
    ...reviewOptionsOf(state),
  };
}

/** The Pulumi id of a postback's state. */
export function idOf(state: State): string {
  return resourceId(state.postbackId);
}

/** A short hash that stands for a URL where the URL itself may hold a secret. */
export function urlHash(url: string): string {
  return hash([url]);
}
