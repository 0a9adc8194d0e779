import { type Failure, messages } from "../../../provider/cake/messages";
import type { Examples } from "./rooms";

const call = {
  origin: "https://network.cakemarketing.com",
  endpoint: "list",
  path: "/api/2/affiliate_postbacks.json",
} as const;
const silent: Failure = { ...call, what: "no answer within 30 s" };

export const CAKE: Examples<typeof messages> = {
  unreached: messages.unreached({ ...call, what: "the host name is unknown (ENOTFOUND)" }),
  lost: messages.lost({ ...silent, endpoint: "create", path: "/api/2/affiliate_postback.json" }),
  throttled: messages.throttled({ ...call, what: "HTTP 429", askedToWaitMs: 7_200_000 }),
  key: messages.key({ ...call, what: "HTTP 401" }),
  refused: messages.refused({ ...call, what: 'HTTP 400, request_status "Failed": "Invalid affiliate_id"' }),
  missing: messages.missing({ ...call, what: "HTTP 404" }),
  webPage: messages.webPage({ ...call, what: "HTTP 200, 4096 characters" }),
  unexpected: messages.unexpected({ ...call, what: "it is an empty answer (HTTP 200)", silent: true }),
  silence: messages.silence(silent),
  outage: messages.outage({ ...call, what: "HTTP 503" }),
  wait: messages.wait({ ...call, what: "HTTP 429", askedToWaitMs: 7_200_000 }),
  tooLate: messages.tooLate(),
  endlessList: messages.endlessList(2_000, 1_000_000),
};
