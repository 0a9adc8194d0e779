/** What a partner's answer to a postback means, by the kind of answer. */
export interface AnswerMeaning {
  /** What such an answer is, for people. */
  readonly looksLike: string;
  readonly means: string;
  /** Whether the answer shows that the postback would fail; `unclear` if nothing can be concluded. */
  readonly verdict: "fine" | "problem" | "unclear";
}

/** Every kind of answer. Trackers spell them in many ways, and mean one of these. */
export const ANSWERS = {
  accepted: {
    looksLike: "success=true, OK, 1, or JSON whose status is a success",
    means: "The partner accepted the call.",
    verdict: "fine",
  },
  refused: {
    looksLike: "success=false, invalid click, JSON with an error, or an HTTP status such as 400",
    means: "The partner refused the call.",
    verdict: "problem",
  },
  unclear: {
    looksLike: "another text or other data, with HTTP status 200 to 299",
    means: "The partner received the call. The answer says nothing known about the conversion: read it.",
    verdict: "fine",
  },
  empty: {
    looksLike: "nothing, with HTTP status 200 to 299",
    means: "The partner received the call. The answer says nothing about the conversion.",
    verdict: "fine",
  },
  pixel: {
    looksLike: "an image",
    means:
      "The partner received the call. An image says nothing about the conversion: trackers send it either way.",
    verdict: "fine",
  },
  loginPage: {
    looksLike: "an HTML page with a password field, or with a title such as Sign in",
    means: "This is a login page, not a postback endpoint.",
    verdict: "problem",
  },
  webPage: {
    looksLike: "another HTML page",
    means: "This is a web page. A postback endpoint answers with a short text or nothing.",
    verdict: "problem",
  },
  redirect: {
    looksLike: "HTTP status 300 to 399",
    means: "The partner redirects the call. It was not followed, and whether CAKE follows is not documented.",
    verdict: "problem",
  },
  notAllowed: {
    looksLike: "HTTP status 401, 403 or 407",
    means:
      "The partner's server does not let this call in. It may need a token, or accept only CAKE's addresses.",
    verdict: "problem",
  },
  notFound: {
    looksLike: "HTTP status 404 or 410",
    means: "The partner's server has nothing at this path.",
    verdict: "problem",
  },
  otherMethod: {
    looksLike: "HTTP status 405 or 501",
    means: "The partner's server does not accept GET at this path.",
    verdict: "problem",
  },
  tooMany: {
    looksLike: "HTTP status 429",
    means: "The partner limits calls. Nothing is known about the postback: try again later.",
    verdict: "unclear",
  },
  serverError: {
    looksLike: "HTTP status 500 or more",
    means: "The partner's server failed. Nothing is known about the postback: try again later.",
    verdict: "unclear",
  },
  untrusted: {
    looksLike: "a TLS certificate that cannot be verified, or no TLS",
    means: "No secure connection can be made, so nothing was sent. Calls of CAKE may fail in the same way.",
    verdict: "problem",
  },
  unreached: {
    looksLike: "no connection: the host is unknown or refuses it",
    means: "No connection was made from this machine, so nothing was sent.",
    verdict: "unclear",
  },
  lost: {
    looksLike: "no answer in time, or a connection that broke",
    means: "No complete answer came. The partner may have counted the call.",
    verdict: "unclear",
  },
} as const satisfies Readonly<Record<string, AnswerMeaning>>;

export type AnswerKind = keyof typeof ANSWERS;

/**
 * Why a partner refuses a call. `click`: the click is unknown. `duplicate`: it was counted before. `access`: a token, a
 * signature or the address of the caller is wrong. `unstated`: the answer does not say.
 */
export type RefusalReason = "click" | "duplicate" | "access" | "unstated";
