import { type EndpointName, endpoints } from "../../../provider/cake/endpoints";
import { type Failure, messages } from "../../../provider/cake/messages";
import type { Examples } from "./rooms";

export function failedCall(endpoint: EndpointName, what: string): Failure {
  return { endpoint, what, path: endpoints[endpoint].path, origin: "https://network.cakemarketing.com" };
}

const silent = failedCall("list", "no answer within 30 s");

export const CAKE: Examples<typeof messages> = {
  unreached: messages.unreached(failedCall("list", "the host name is unknown (ENOTFOUND)")),
  lost: messages.lost(failedCall("create", "no answer within 30 s")),
  throttled: messages.throttled({ ...failedCall("list", "HTTP 429"), askedToWaitMs: 7_200_000 }),
  key: messages.key(failedCall("list", "HTTP 401")),
  refused: messages.refused(
    failedCall("create", 'HTTP 400, request_status "Failed": "Invalid affiliate_id"'),
  ),
  missing: messages.missing(failedCall("list", "HTTP 404")),
  webPage: messages.webPage(failedCall("list", "HTTP 200, 4096 characters")),
  unexpected: messages.unexpected({
    ...failedCall("list", "it is an empty answer (HTTP 200)"),
    silent: true,
  }),
  silence: messages.silence(silent),
  outage: messages.outage(failedCall("list", "HTTP 503")),
  wait: messages.wait({ ...failedCall("list", "HTTP 429"), askedToWaitMs: 7_200_000 }),
  tooLate: messages.tooLate(),
  endlessList: messages.endlessList(2_000, 1_000_000),
};
