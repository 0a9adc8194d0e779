import { message } from "../message";

/** What lookups say. */
export const messages = {
  /** `cake:endpoints` says that this CAKE instance has no list of postbacks, and lookups have no other source. */
  withoutList: (domain: string, endpoints: string) =>
    message(
      "lookup-without-list",
      `no postback can be looked up at ${domain}: cake:endpoints is "${endpoints}".`,
      "Nothing is returned.",
      "If the instance has a list: pulumi config set cake:endpoints all",
    ),
  /** CAKE's list may lack postbacks. Part of it could mislead the program, so the lookup fails. */
  incomplete: (domain: string, doubt: string) =>
    message(
      "lookup-incomplete",
      `the postbacks at ${domain} cannot be looked up: CAKE's list may be incomplete (${doubt}).`,
      "Part of it could mislead the program, so nothing is returned.",
      'Run again later. If it stays, "pulumi-cake doctor" shows how the list behaves.',
    ),
  /** CAKE's complete list does not have the postback, and neither does a read by its ID. */
  notFound: (postbackId: number, domain: string) =>
    message(
      "lookup-not-found",
      `there is no postback ${postbackId} at ${domain} that this API key can see.`,
      "Nothing is returned.",
      "Check the ID and the instance.",
    ),
  /** CAKE's list does not show the postback, but it may be incomplete, so the postback may exist. */
  unknown: (postbackId: number, domain: string, doubt: string) =>
    message(
      "lookup-unknown",
      `whether postback ${postbackId} exists at ${domain} is unknown: CAKE's list may be incomplete (${doubt}).`,
      "Nothing is returned.",
      "Run again later, or check the postback in CAKE.",
    ),
};
