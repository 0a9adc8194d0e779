import { LivePostbacks } from "../../../cake/livePostbacks";
import { doubtIn, provesAbsence } from "../../../cake/readList";
import { CodedError } from "../../../message";
import { messages } from "../messages";
import { liveRow, readable } from "./list";
import type { Reader } from "./reader";
import type { LiveRow } from "./source";

/** Reads one live postback: by its ID, or else from the complete list. Throws a message for people. */
export async function readOnePostback(reader: Reader, postbackId: number): Promise<LiveRow> {
  const { domain = "" } = reader.instance.settings;
  const live = new LivePostbacks(reader.client, () => true);
  const found = await readable(reader, () => live.find(postbackId));
  if (found.kind === "live") return liveRow(found.row);
  throw new CodedError(
    provesAbsence(found.read)
      ? messages.postbackNotFound(postbackId, domain)
      : messages.postbackUnknown(postbackId, domain, doubtIn(found.read) ?? ""),
  );
}
