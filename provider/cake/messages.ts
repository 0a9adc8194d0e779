import { type Message, message } from "../message";
import { type EndpointName, endpoints } from "./endpoints";

/** What is known of a call that failed. */
export interface Failure {
  /** What came back instead of a usable answer. */
  readonly what: string;
  readonly endpoint: EndpointName;
  readonly origin: string;
  /** The path that was called, which a setting may have changed. */
  readonly path: string;
  /** The HTTP status, if there was an answer. */
  readonly status?: number | undefined;
  /** Nothing at all came back. */
  readonly silent?: boolean;
  /** How long CAKE asked to wait, if it did. */
  readonly askedToWaitMs?: number | undefined;
}

const ALLOW_LIST = "Setup > Blocks and Profanity > IP Whitelisting in CAKE";
const IGNORED = `If this goes on, CAKE may be ignoring this machine's address: see ${ALLOW_LIST}.`;
const UNCHANGED = "Nothing was changed.";

/** Why a call failed, or was not sent: a member for each kind of `CakeError`, each cause of a `CallHalt`, and more. */
export const messages = {
  /**
   * No connection to CAKE was made: the host name is wrong, the network or the proxy is down, or the TLS certificate is
   * not accepted. The words after the colon name the reason. pulumi-cake has tried several times. CAKE did not receive
   * the request, so run again once the reason is gone. `pulumi-cake doctor` checks DNS, TLS and the proxy one by one.
   */
  unreached: (failure: Failure) =>
    message(
      "cake-unreachable",
      `CAKE could not be reached: ${reasonOf(failure)}.`,
      "Nothing was sent.",
      "Check cake:domain, the network and the proxy, then run again.",
    ),
  /**
   * The request was sent, and then the connection broke, time ran out, or CAKE's server failed. pulumi-cake repeats reads
   * and updates, which are harmless to repeat. It never repeats a create whose answer was lost. Instead it searches the
   * list for the postback, and the message of the create says what it found.
   */
  lost: (failure: Failure) =>
    message(
      "cake-response-lost",
      `CAKE did not give a usable answer: ${reasonOf(failure)}.${waitOf(failure)}`,
      MAYBE_DONE[failure.endpoint],
      `Run again. ${IGNORED}`,
    ),
  /**
   * CAKE limits how often it may be called. pulumi-cake slows down by itself, and waits as long as CAKE asks. Here the
   * wait would be longer than one operation may take. Other programs with the same API key or address count, too.
   */
  throttled: (failure: Failure) =>
    message(
      "cake-throttled",
      `CAKE asked to slow down for longer than one operation may take (${failure.what}, ${callOf(failure)}).${waitOf(failure)}`,
      UNCHANGED,
      "Lower cake:callsPerSecond or raise cake:operationTimeout, then run again.",
    ),
  /**
   * CAKE answered that the API key is not valid. Most often somebody made a new key, which ends the old one at once.
   *
   * 1. Make or copy the key in CAKE: Setup > System Access > API Keys.
   * 2. Save it: `pulumi config set --secret cake:apiKey`. The next `pulumi up` uses it.
   * 3. `pulumi refresh` and `pulumi destroy` use the key that the last `up` saved in the state. Give them the new one in
   *    the environment (`CAKE_API_KEY=… pulumi refresh`, and for an explicit provider named `eu` `CAKE_EU_API_KEY`), or
   *    use `--run-program`.
   */
  key: (failure: Failure) =>
    message(
      "cake-key-refused",
      `CAKE does not accept the API key (${failure.what}, ${callOf(failure)}).`,
      "Nothing was changed, and this run stops calling.",
      "A new key in CAKE ends the old one at once. Set the new one in CAKE_API_KEY (CAKE_<NAME>_API_KEY for a named provider), which wins over a saved one, then run again.",
    ),
  /**
   * CAKE understood the request and refused it. Its own words stand in quotation marks, without URLs. Often an affiliate
   * or an offer does not exist, is inactive, or the API key may not use it.
   */
  refused: (failure: Failure) =>
    message(
      "cake-refused",
      `CAKE refused the request: ${reasonOf(failure)}.`,
      UNCHANGED,
      "Correct what CAKE names, then run again.",
    ),
  /**
   * CAKE documents how to create a postback, but not how to list or update one. pulumi-cake assumes those two endpoints,
   * and your instance may have them under another path, or not at all. `pulumi-cake doctor --discover` checks this, and
   * searches for the path of the list. Without a list, creates and updates are sent unchecked, and only the journal
   * prevents a second create. Without updates, every change becomes a work list for a person.
   */
  missing: (failure: Failure) =>
    message(
      "cake-endpoint-missing",
      `This CAKE instance has no such endpoint: ${reasonOf(failure)}.`,
      UNCHANGED,
      IF_MISSING[failure.endpoint],
    ),
  /**
   * HTML came back instead of JSON. Most often `cake:domain` names the login page of a portal, a parked domain or another
   * server. It can also be all that CAKE shows for an endpoint that it does not have.
   */
  webPage: (failure: Failure) =>
    message(
      "cake-web-page",
      `CAKE answered with a web page instead of data: ${reasonOf(failure)}.`,
      MAYBE_DONE[failure.endpoint],
      `Check that cake:domain is your CAKE instance and not a login page or another server.${IF_PAGE[failure.endpoint] ?? ""}`,
    ),
  /**
   * The answer is neither what a CAKE article describes nor what such endpoints usually answer. It may be empty, cut off,
   * a redirect, or come from another server. pulumi-cake treats a write with such an answer as one whose outcome is
   * unknown.
   */
  unexpected: (failure: Failure) =>
    message(
      "cake-unexpected-answer",
      `CAKE answered something unexpected: ${reasonOf(failure)}.`,
      MAYBE_DONE[failure.endpoint],
      failure.silent
        ? `Check cake:domain. ${IGNORED}`
        : "Check that cake:domain is your CAKE instance and not another server.",
    ),
  /**
   * The first call of this run got no answer at all, in spite of its retries. CAKE answers only addresses on its
   * allow-list, so each further call would time out as well. One call stands for all of them: the others are not sent.
   * `pulumi-cake doctor` shows from which address this machine calls.
   */
  silence: (failure: Failure) =>
    message(
      "cake-silent",
      `CAKE answered none of this run's calls (${failure.what}, ${callOf(failure)}), so this one was not sent.`,
      UNCHANGED,
      `Add this machine's address, or its proxy's, under ${ALLOW_LIST}, then run again. If it is there, check cake:domain and the network.`,
    ),
  /**
   * Many calls in a row failed, so the circuit breaker opened: pulumi-cake sends one call every ten seconds to see whether
   * CAKE is back, and fails the others at once. What was done before stays done.
   */
  outage: (failure: Failure) =>
    message(
      "cake-outage",
      `The last calls to CAKE all failed, in the end with "${failure.what}" (${callOf(failure)}), so this one was not sent.`,
      UNCHANGED,
      "Run again when CAKE answers.",
    ),
  /**
   * CAKE asked for a wait that is longer than an operation may take (`cake:operationTimeout`). Until it is over, no call of
   * this run is sent, because CAKE would refuse it.
   */
  wait: (failure: Failure) =>
    message(
      "cake-asked-to-wait",
      `CAKE asked to wait ${formatDuration(failure.askedToWaitMs ?? 0)} before the next call (${failure.what}, ${callOf(failure)}), longer than cake:operationTimeout allows.`,
      "This call was not sent.",
      "Run again after that time.",
    ),
  /**
   * A call has a limited time for all its attempts (`cake:operationTimeout`). It was over before the next attempt could be
   * sent. Sent without time for an answer, a create would end with an unknown outcome.
   */
  tooLate: () =>
    message(
      "cake-too-late",
      "The call to CAKE was not sent again: its time was over (cake:operationTimeout).",
      "Its earlier attempts changed nothing.",
      "Run again, with a longer cake:operationTimeout if this goes on.",
    ),
  /**
   * CAKE's list had new rows on every page, up to a limit that no real network reaches. Most often the list ignores the
   * first row or the number of rows that it is asked for, and invents the rest.
   */
  endlessList: (pages: number, rows: number) =>
    message(
      "cake-list-endless",
      `CAKE's list does not end within ${pages} pages or ${rows} rows.`,
      "No part of it can be trusted, so the run does not use it.",
      'Run "pulumi-cake doctor" to see how the list behaves. If its pages are small, a larger cake:pageSize may help.',
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;

const UNREAD = "Nothing was changed: the call only reads.";
const MAYBE_DONE: Readonly<Record<EndpointName, string>> = {
  create: "CAKE may have created the postback.",
  update: "CAKE may have made the change. The next run checks, and sends only what is missing.",
  list: UNREAD,
  logs: UNREAD,
  campaigns: UNREAD,
};

const WITHOUT_LIST = "pulumi config set cake:endpoints without-list";
const DOCUMENTED = "pulumi config set cake:endpoints documented";
const UNDOCUMENTED = "CAKE does not document this call.";
const IS_DOCUMENTED = "A CAKE article documents it, so check that cake:domain is your CAKE instance.";
const IF_MISSING: Readonly<Record<EndpointName, string>> = {
  list: `${UNDOCUMENTED} "pulumi-cake doctor --discover" searches for its list, and prints the cake:paths to set. If it has none: ${WITHOUT_LIST} (creates and updates then go out unchecked).`,
  update: `${UNDOCUMENTED} If your instance updates postbacks elsewhere: pulumi config set cake:paths update=its/path. If it cannot: ${DOCUMENTED} (changes then become a work list).`,
  create: IS_DOCUMENTED,
  logs: IS_DOCUMENTED,
  campaigns: IS_DOCUMENTED,
};

// A web page may be all that a missing endpoint shows.
const IF_PAGE: Readonly<Partial<Record<EndpointName, string>>> = {
  list: ` If it has no list: ${WITHOUT_LIST}`,
  update: ` If it has no updates: ${DOCUMENTED}`,
};

/** What came instead of a usable answer, and to which call: for a sentence that quotes it. Names only the endpoint's path. */
export function reasonOf(failure: Failure): string {
  return `${failure.what} (${callOf(failure)})`;
}

function callOf({ endpoint, origin, path }: Failure): string {
  return `${endpoints[endpoint].method} ${path} on ${new URL(origin).host}`;
}

function waitOf({ askedToWaitMs }: Failure): string {
  return askedToWaitMs ? ` CAKE asked to wait ${formatDuration(askedToWaitMs)} before the next call.` : "";
}

const UNITS = [
  [86_400_000, "days"],
  [3_600_000, "h"],
  [60_000, "min"],
] as const;

function formatDuration(ms: number): string {
  const [length, unit] = UNITS.find(([one]) => ms >= 2 * one) ?? [1000, "s"];
  const count = Math.ceil(ms / length);
  return unit === "days" && count > 366 ? "more than a year" : `${count} ${unit}`;
}
