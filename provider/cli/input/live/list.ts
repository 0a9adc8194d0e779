import { isCakeError } from "../../../cake/errors";
import type { OnPage } from "../../../cake/readList";
import type { Postback } from "../../../postback/postback";
import type { Reader } from "./reader";
import type { LiveRow, Source } from "./source";

const STATEMENT =
  "CAKE's list of postbacks, an endpoint that no CAKE article documents. It shows what the API key may see.";

/** Reads every postback that the key can see. Where there is no list, the error says what else can be read. */
export async function readList(reader: Reader, onPage: OnPage): Promise<Source> {
  const { domain = "", formerDomains, endpoints } = reader.instance.settings;
  if (endpoints !== "all") throw new Error(notAllowed(endpoints));
  const { rows, completenessIssues: incomplete } = await reader.client
    .list({}, onPage)
    .catch((error: unknown) => {
      if (!isCakeError(error, "missing", "webPage", "refused")) throw error;
      throw new Error(`${error.text} ${OTHER_SOURCES}`);
    });
  const isEmpty = rows.size === 0 && incomplete.length === 0;
  return {
    instance: domain,
    hosts: [domain, ...formerDomains],
    kind: "list",
    file: null,
    rows: [...rows.values()].sort((one, other) => one.postbackId - other.postbackId).map(liveRow),
    incomplete: isEmpty ? ["the list is empty, as it is for a key without rights"] : incomplete,
    statement: STATEMENT,
    calls: reader.calls,
  };
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

const OTHER_SOURCES =
  "If this CAKE has no list of postbacks, read its campaigns (--source campaigns) or an export from its admin (--source csv).";
function notAllowed(endpoints: string): string {
  return `The list was not read: cake:endpoints is "${endpoints}", which says that this CAKE instance has none. ${OTHER_SOURCES}`;
}
