import { isCakeError } from "../../../cake/errors";
import type { OnPage } from "../../../cake/readList";
import { CodedError } from "../../../message";
import type { Postback } from "../../../postback/postback";
import { doubts, messages, statements } from "../messages";
import type { Reader } from "./reader";
import type { LiveRow, Source } from "./source";

/** Reads every postback that the key can see. Where there is no list, the error says what else can be read. */
export async function readList(reader: Reader, onPage: OnPage): Promise<Source> {
  const { domain = "", formerDomains } = reader.instance.settings;
  const { rows, completenessIssues: incomplete } = await readable(reader, () =>
    reader.client.list({}, onPage),
  );
  const isEmpty = rows.size === 0 && incomplete.length === 0;
  return {
    instance: domain,
    hosts: [domain, ...formerDomains],
    kind: "list",
    file: null,
    rows: [...rows.values()].sort((one, other) => one.postbackId - other.postbackId).map(liveRow),
    incomplete: isEmpty ? [doubts.emptyList] : incomplete,
    statement: statements.list,
    calls: reader.calls,
  };
}

/** What is read from CAKE's list. Throws a message for people where there is no list. */
export async function readable<T>({ instance }: Reader, read: () => Promise<T>): Promise<T> {
  const { endpoints } = instance.settings;
  if (endpoints !== "all") throw new CodedError(messages.listDisabled(endpoints));
  return read().catch((error: unknown) => {
    if (!isCakeError(error, "missing", "webPage", "refused")) throw error;
    throw new CodedError(messages.listUnavailable(error.happened));
  });
}

export function liveRow(row: Postback): LiveRow {
  const { postbackId, affiliateId, offerId, postbackUrl, postbackStatus, postbackType } = row;
  return {
    id: postbackId,
    affiliateId,
    offerId,
    url: postbackUrl,
    status: postbackStatus,
    type: postbackType,
  };
}
