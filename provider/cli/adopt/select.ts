import { CodedError } from "../../message";
import { isHost } from "../../postback/hostnames";
import type { PostbackStatus } from "../../postback/postback";
import { maskText } from "../../postback/secrets";
import { urlParts } from "../../postback/url";
import type { LiveRow } from "../input/live/source";
import { messages } from "./messages";

/** Which live postbacks to adopt; what is not named does not narrow the choice. */
export interface Selection {
  readonly affiliates: readonly number[];
  readonly offers: readonly number[];
  /** Hosts; with a dot before it every host below is meant as well. */
  readonly hosts: readonly string[];
  readonly status: PostbackStatus | undefined;
  readonly ids: ReadonlySet<number> | undefined;
}

export function isSelected(row: LiveRow, { affiliates, offers, hosts, status, ids }: Selection): boolean {
  return (
    isAmong(row.affiliateId, affiliates) &&
    isAmong(row.offerId, offers) &&
    (hosts.length === 0 || hosts.some((host) => isHost(urlParts(row.url).host, host))) &&
    (status === undefined || row.status === status) &&
    (ids === undefined || ids.has(row.id))
  );
}

/** The ids in a text: numbers with blanks, commas or line breaks between. Throws a message for people. */
export function idsInText(text: string, file: string): Set<number> {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const wrong = words.find((word) => !/^[1-9]\d{0,14}$/.test(word));
  if (wrong !== undefined) throw new CodedError(messages.idsInvalid(file, maskText(wrong.slice(0, 60))));
  return new Set(words.map(Number));
}

function isAmong(id: number | null, wanted: readonly number[]): boolean {
  return wanted.length === 0 || (id !== null && wanted.includes(id));
}
