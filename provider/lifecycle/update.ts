import { isDeepStrictEqual } from "node:util";
import type { PostbackChanges } from "../cake/wire";
import type { ProviderContext } from "./context";
import { UnsafeOperationError } from "./errors";
import { forgetCreate } from "./journal/recorded";
import { fetchLive, isConfirmedByHand } from "./safety/fetchLive";
import { requireSameInstance } from "./safety/sameInstance";
import { tellEcho } from "./safety/storedUrl";
import { write } from "./safety/write";
import {
  declarationOf,
  type Inputs,
  knownFrom,
  nameOf,
  reviewOptionsOf,
  type State,
  stateAfterWrite,
  stateOf,
} from "./state";

export interface UpdateResult {
  outs: State;
}

/** Changes URL and status of a postback, after a look at what is live. A live record that is already right costs no call. */
export async function update(
  session: ProviderContext,
  id: string,
  olds: State,
  news: Inputs,
): Promise<UpdateResult> {
  requireSameInstance(session, id, olds);
  await forgetCreate(session, olds);
  if (isRemarkOnly(olds, news)) return { outs: withRemarks(olds, news) };
  const domain = session.settings.domain ?? olds.domain;
  const wanted = { postbackUrl: news.postbackUrl, postbackStatus: news.postbackStatus };
  const current = await fetchLive(session, olds, wanted);
  if (current.kind === "gone") throw goneForUpdate(olds);
  if (isConfirmedByHand(session, current)) return { outs: confirmed(olds, news, domain) };
  const known = { ...knownFrom(olds), remarks: reviewOptionsOf(news) };
  const live = stateOf(current.row, domain, known);
  const changes = changesBetween(live, wanted);
  if (Object.keys(changes).length === 0) return { outs: { ...live, ...originOf(news) } };
  if (current.kind === "live") await warnOfTwins(session, olds.postbackId, news);
  const row = await write(session, current.row, changes, known);
  if (changes.postbackUrl === undefined)
    return { outs: { ...stateOf(row, domain, known), ...originOf(news) } };
  if (row.postbackUrl !== news.postbackUrl) tellEcho(session, row, news.postbackUrl);
  return { outs: stateAfterWrite(row, domain, news) };
}

// Not refused: two postbacks may exchange their URLs, or the other one may be switched off by this same run.
async function warnOfTwins(session: ProviderContext, postbackId: number, news: Inputs): Promise<void> {
  if (news.postbackStatus !== "active") return;
  const twins = await session.cake().live.twinsBeside(declarationOf(news));
  const firing = twins.filter((row) => row.postbackId !== postbackId && row.postbackStatus === "active");
  if (firing.length === 0) return;
  const others = firing.map((row) => row.postbackId).join(", ");
  session.tell(
    `warning: ${nameOf(news, postbackId)} gets the URL of postback ${others}, which is active: each conversion is reported twice, unless this run switches one of them off.`,
  );
}

function changesBetween(live: State, wanted: Required<PostbackChanges>): PostbackChanges {
  return {
    ...(live.postbackUrl === wanted.postbackUrl ? {} : { postbackUrl: wanted.postbackUrl }),
    ...(live.postbackStatus === wanted.postbackStatus ? {} : { postbackStatus: wanted.postbackStatus }),
  };
}

// CAKE knows nothing of remarks, so there is nothing to ask it and nothing to tell.
function isRemarkOnly(olds: State, news: Inputs): boolean {
  const isSamePostback = olds.postbackUrl === news.postbackUrl && olds.postbackStatus === news.postbackStatus;
  return isSamePostback && !isDeepStrictEqual(reviewOptionsOf(olds), reviewOptionsOf(news));
}

function withRemarks(olds: State, news: Inputs): State {
  const { suppress: _, clickIdSlot: __, overlapUntil: ___, ...others } = olds;
  return { ...others, ...originOf(news), ...reviewOptionsOf(news) };
}

function originOf({ __origin }: Inputs): Partial<State> {
  return __origin === undefined ? {} : { __origin };
}

// A person vouches for the edit, so the record is taken to be as declared.
function confirmed(olds: State, news: Inputs, domain: string): State {
  const { postbackUrl, postbackStatus } = news;
  return stateAfterWrite({ ...olds, postbackUrl, postbackStatus }, domain, news);
}

function goneForUpdate(olds: State): UnsafeOperationError {
  return new UnsafeOperationError(
    `${nameOf(olds, olds.postbackId)} is gone from CAKE and cannot be changed. Run "pulumi refresh" with the same CAKE_ON_MISSING first; the next "pulumi up" then creates it anew.`,
  );
}
