import type { EndpointName } from "../cake/endpoints";
import type { Postback } from "../postback/postback";
import { type Answer, refusal, success } from "./answer";
import type { Behaviour } from "./behaviour";
import { campaigns } from "./campaigns";
import { type ListLag, listPage } from "./list";
import { logsPage } from "./logs";
import type { RecordedRequest } from "./requests";
import type { PostbackStore } from "./store";
import {
  createRequest,
  type Fields,
  listRequest,
  logsRequest,
  readRequest,
  updateRequest,
  wireRow,
} from "./wire";

/** What an operation needs from an instance. */
export interface OperationContext {
  readonly behaviour: Behaviour;
  readonly store: PostbackStore;
  readonly lag: ListLag;
  readonly requests: readonly RecordedRequest[];
}

/** What each endpoint does. */
export const operations: Readonly<
  Record<EndpointName, (context: OperationContext, fields: Fields) => Answer>
> = {
  create,
  update,
  list,
  logs,
  campaigns,
};

/** Documented: creates a postback. */
function create(context: OperationContext, fields: Fields): Answer {
  const { behaviour, store } = context;
  const reading = readRequest(createRequest, fields);
  if ("refused" in reading) return refusal(behaviour.refusalStatus, reading.refused);
  const request = reading.fields;
  const row = {
    affiliateId: request.affiliate_id,
    offerId: request.offer_id,
    postbackUrl: behaviour.storeUrl(request.postback_url),
    postbackStatus: request.postback_status,
    postbackType: behaviour.typeNames[request.postback_type_id],
  };
  const duplicate = behaviour.create === "overwrite" ? oldestDuplicate(store, row) : undefined;
  return recordAnswer(context, duplicate ? store.update(duplicate.postbackId, row) : store.insert(row));
}

/** Assumed: changes a postback. */
function update(context: OperationContext, fields: Fields): Answer {
  const { behaviour, store } = context;
  const reading = readRequest(updateRequest, fields);
  if ("refused" in reading) return refusal(behaviour.refusalStatus, reading.refused);
  const row = store.get(reading.fields.postback_id);
  if (row === undefined || !behaviour.visible(row)) {
    return refusal(behaviour.refusalStatus, "Invalid postback_id");
  }
  if (behaviour.update === "ignore") return recordAnswer(context, row);
  const request = reading.fields;
  const blank = behaviour.update === "blank" ? { postbackUrl: "", postbackStatus: "active" } : {};
  const changes = {
    ...blank,
    ...given("affiliateId", request.affiliate_id),
    ...given("offerId", request.offer_id),
    ...given("postbackUrl", request.postback_url, behaviour.storeUrl),
    ...given("postbackStatus", request.postback_status),
    ...given("postbackType", request.postback_type_id, (id) => behaviour.typeNames[id]),
  };
  if (behaviour.update === "echo") return recordAnswer(context, { ...row, ...changes });
  return recordAnswer(context, store.update(row.postbackId, changes));
}

/** Assumed: a page of the live postbacks. */
function list(context: OperationContext, fields: Fields): Answer {
  const { behaviour, store, lag } = context;
  const reading = readRequest(listRequest, fields);
  if ("refused" in reading) return refusal(behaviour.refusalStatus, reading.refused);
  const page = listPage(store, lag, behaviour, reading.fields);
  lag.countList();
  if ("refused" in page) return refusal(behaviour.refusalStatus, page.refused);
  const rows = page.rows.map((row) => behaviour.answerRow(wireRow(row, behaviour)));
  behaviour.afterPage({ startAtRow: reading.fields.start_at_row ?? behaviour.rowBase, rows: rows.length });
  const listed = { [behaviour.arrayName]: rows, ...totalRows(behaviour, rows.length, page.total) };
  return success(behaviour.listEnvelope === "response" ? { response: listed } : listed);
}

/** Documented: the requests that reached CAKE. */
function logs({ behaviour, requests }: OperationContext, fields: Fields): Answer {
  const reading = readRequest(logsRequest, fields);
  if ("refused" in reading) return refusal(behaviour.refusalStatus, reading.refused);
  return success(logsPage(requests, reading.fields, behaviour.logOrder));
}

function oldestDuplicate(store: PostbackStore, row: Omit<Postback, "postbackId">): Postback | undefined {
  return store.ofAffiliate(row.affiliateId).find((other) => other.offerId === row.offerId);
}

function recordAnswer({ behaviour }: OperationContext, row: Postback): Answer {
  return success({ postback: wireRow(row, behaviour) });
}

function totalRows({ totalRows }: Behaviour, onPage: number, inAll: number): { total_rows?: number } {
  if (totalRows === false) return {};
  if (totalRows === true) return { total_rows: inAll };
  return { total_rows: totalRows === "page" ? onPage : totalRows };
}

/** A changed field, if the request has it. */
function given<K extends keyof Postback, T>(
  field: K,
  value: T | undefined,
  stored: (value: T) => unknown = (same) => same,
): Partial<Record<K, never>> | { [P in K]: Postback[K] } {
  return value === undefined ? {} : ({ [field]: stored(value) } as { [P in K]: Postback[K] });
}
