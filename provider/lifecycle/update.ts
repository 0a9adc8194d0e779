import { isDeepStrictEqual } from "node:util";
import type { PostbackChanges } from "../cake/wire";
import { differingParts } from "../postback/urlChanges";
import type { ProviderContext } from "./context";
import { UnsafeOperationError } from "./errors";
import { messages, postbackName } from "./messages";
import { fetchLive, isConfirmedByHand } from "./safety/fetchLive";
import { requireNoDuplicate } from "./safety/liveDuplicates";
import type { Urn } from "./safety/ownership";
import { requireSameInstance } from "./safety/sameRecord";
import { requireReadableState } from "./safety/stateVersion";
import { write } from "./safety/write";
import {
  type Inputs,
  knownFrom,
  REVIEW_OPTIONS,
  reviewOptionsOf,
  type State,
  stateAfterWrite,
  stateOf,
} from "./state";

export interface UpdateResult {
  readonly outs: State;
}

/** Changes URL and status of a postback, after a read of what is live. A live record that is already right costs no call. */
export function update(
  context: ProviderContext,
  urn: Urn,
  id: string,
  olds: State,
  news: Inputs,
): Promise<UpdateResult> {
  return context.underWay(async () => ({ outs: await changed(context, urn, id, olds, news) }));
}

async function changed(
  context: ProviderContext,
  urn: Urn,
  id: string,
  olds: State,
  news: Inputs,
): Promise<State> {
  requireReadableState({ ...olds }, id);
  requireSameInstance(context, id, olds);
  context.journal.seen(olds.postbackId);
  if (isRecordOnly(olds, news)) return recorded(olds, news);
  const domain = context.settings.domain ?? olds.domain;
  const wanted = { postbackUrl: news.postbackUrl, postbackStatus: news.postbackStatus };
  const current = await fetchLive(context, olds, wanted);
  if (current.kind === "gone")
    throw new UnsafeOperationError(messages.goneBeforeUpdate(postbackName(olds, olds.postbackId)));
  if (isConfirmedByHand(context, current)) return stateAfterWrite({ ...olds, ...wanted }, domain, news);
  const known = { ...knownFrom(olds), applied: undefined, options: reviewOptionsOf(news) };
  const live = stateOf(current.row, domain, known);
  const changes = changesBetween(live, wanted);
  if (Object.keys(changes).length === 0) return live;
  // What does not fire pays nobody twice.
  if (context.canUpdate && context.hasList && news.postbackStatus === "active")
    await requireNoDuplicate(context, urn, { ...news, postbackId: olds.postbackId });
  const row = await write(context, { urn, current: current.row, changes, known });
  if (changes.postbackUrl === undefined) return stateOf(row, domain, known);
  if (row.postbackUrl !== news.postbackUrl) {
    const parts = differingParts(news.postbackUrl, row.postbackUrl);
    context.warn(messages.storedOtherwise(postbackName(row, row.postbackId), parts));
  }
  return stateAfterWrite(row, domain, news);
}

function changesBetween(live: State, wanted: Required<PostbackChanges>): PostbackChanges {
  return {
    ...(live.postbackUrl === wanted.postbackUrl ? {} : { postbackUrl: wanted.postbackUrl }),
    ...(live.postbackStatus === wanted.postbackStatus ? {} : { postbackStatus: wanted.postbackStatus }),
  };
}

// CAKE knows nothing of review options, so there is nothing to ask it and nothing to say.
function isRecordOnly(olds: State, news: Inputs): boolean {
  const isSamePostback = olds.postbackUrl === news.postbackUrl && olds.postbackStatus === news.postbackStatus;
  const isRecorded = isDeepStrictEqual(reviewOptionsOf(olds), reviewOptionsOf(news));
  return isSamePostback && olds.__unproven === undefined && (!isRecorded || olds.__applied !== undefined);
}

function recorded(olds: State, news: Inputs): State {
  const others = { ...olds };
  for (const name of [...REVIEW_OPTIONS, "__applied"] as const) delete others[name];
  return { ...others, ...reviewOptionsOf(news) };
}
