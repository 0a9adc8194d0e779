import { type Message, message } from "../message";
import { EXPECTED_IDS } from "../postback/fields";

const NOTHING_RETURNED = "Nothing is returned.";

/** What lookups say. */
export const messages = {
  /**
   * `cake:endpoints` says that this CAKE instance has no list of postbacks, and lookups have no other source. If the
   * instance has a list, allow it. If not, read the values from a file or a configuration instead.
   */
  withoutList: (domain: string, endpoints: string) =>
    message(
      "lookup-without-list",
      `no postback can be looked up at ${domain}: cake:endpoints is "${endpoints}".`,
      NOTHING_RETURNED,
      "If the instance has a list: pulumi config set cake:endpoints all",
    ),
  /**
   * CAKE's list of postbacks may be incomplete. Part of it could mislead the program, so the lookup fails instead of
   * returning it. The words in brackets say what does not fit. Most often somebody worked in CAKE meanwhile, and the next
   * run succeeds.
   */
  incomplete: (domain: string, doubt: string) =>
    message(
      "lookup-incomplete",
      `the postbacks at ${domain} cannot be looked up: CAKE's list may be incomplete (${doubt}).`,
      "Part of it could mislead the program, so nothing is returned.",
      'Run again later. If it stays, "pulumi-cake doctor" shows how the list behaves.',
    ),
  /**
   * CAKE's complete list does not have the postback, and a read by its ID does not find it. The ID may belong to another
   * instance, or the API key may not see the affiliate.
   */
  notFound: (postbackId: number, domain: string) =>
    message(
      "lookup-not-found",
      `there is no postback ${postbackId} at ${domain} that this API key can see.`,
      NOTHING_RETURNED,
      "Check the ID and the instance.",
    ),
  /**
   * CAKE's list does not show the postback, but the list may be incomplete, so the postback may exist. The lookup fails,
   * so that the program does not go on as if it did not exist.
   */
  unknown: (postbackId: number, domain: string, doubt: string) =>
    message(
      "lookup-unknown",
      `whether postback ${postbackId} exists at ${domain} is unknown: ${doubt}.`,
      NOTHING_RETURNED,
      "Run again later, or check the postback in CAKE.",
    ),
  /**
   * A lookup was called with a value that it cannot use. A wrong filter would return too much or nothing, so it fails. A
   * value may come from a configuration, where numbers are strings: convert it to a number.
   */
  argumentsInvalid: (lookup: string, problems: readonly string[]) =>
    message(
      "lookup-argument-invalid",
      `the arguments of ${lookup} cannot be used: ${problems.join("; ")}.`,
      NOTHING_RETURNED,
      "Correct them in the program.",
    ),
  /**
   * A lookup was called with an argument that it does not have. To ignore it would answer another question. The provider
   * of another instance is not an argument: it is one of the options that every function of Pulumi takes.
   */
  argumentsUnknown: (lookup: string, unknown: readonly string[], known: readonly string[]) =>
    message(
      "lookup-argument-unknown",
      `the call of ${lookup} has an unknown argument: ${unknown.map((name) => JSON.stringify(name)).join(", ")}.`,
      NOTHING_RETURNED,
      `It takes ${known.join(", ")}, and the provider as an option.`,
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;

/** What is said with every error of a lookup about a setting. */
export const NEEDS_SETTINGS =
  "A program with lookups needs the CAKE instance and its API key in every run, also in a preview.";

/** Parts of messages. */
export const phrases = {
  unclearRead: "a read by its ID gives no clear answer",
  expected: {
    ...EXPECTED_IDS,
    host: "a host such as track.acme.example, or .acme.example with all hosts below it, without the rest of a URL",
    status: "a status such as active",
  },
};
