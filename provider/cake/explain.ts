import { type EndpointName, endpoints } from "./endpoints";
import type { CakeErrorKind } from "./errors";

export interface Failure {
  readonly kind: CakeErrorKind;
  /** What came back, or did not. */
  readonly what: string;
  readonly endpoint: EndpointName;
  readonly origin: string;
  /** The path that was called, which a setting may have changed. */
  readonly path: string;
}

/** What a failed call means and what to do next, in words. Names no URL but the endpoint's own path. */
export function explain({ kind, what, endpoint, origin, path }: Failure): string {
  const { method, standing } = endpoints[endpoint];
  const call = `${method} ${path} on ${new URL(origin).host}`;
  const isAssumed = standing === "assumed";
  // What became of a create is told by whoever looks for it afterwards.
  const unclearChange =
    endpoint === "update"
      ? " Whether CAKE made the change is not known; the state is as it was. Run again: it looks first, and sends only what is still missing."
      : "";
  switch (kind) {
    case "unreached":
      return `CAKE could not be reached: ${what}. Nothing was sent (${call}). Check cake:domain, the network and the proxy, then run again.`;
    case "lost":
      return `CAKE did not give a usable answer: ${what} (${call}).${unclearChange} If calls hang or come back empty, CAKE may be ignoring this machine's address: see Setup > Blocks and Profanity > IP Whitelisting in CAKE.`;
    case "throttled":
      return `CAKE asked to slow down for longer than one operation may take (${what}, ${call}). Nothing was done. Lower cake:concurrency or raise cake:operationTimeout, then run again.`;
    case "key":
      return `CAKE does not accept the API key, or its role may not use this endpoint (${what}, ${call}). Nothing was done, and no further call is made in this run. A new key in CAKE kills the old one at once. Refresh and destroy use the key saved in the state: put the new key into the environment (CAKE_API_KEY, or CAKE_<NAME>_API_KEY for an explicit provider), or run with --run-program, or run "pulumi up" first.`;
    case "refused":
      return `CAKE refused the request: ${what} (${call}). Nothing was done. Correct what CAKE names, then run again.`;
    case "missing":
      return isAssumed
        ? `This CAKE has no such endpoint: ${what} (${call}). No CAKE article documents it; pulumi-cake assumes it after sibling endpoints. If your CAKE has it under another path, set cake:paths; if it has none, set cake:endpoints to "documented".`
        : `This CAKE has no such endpoint: ${what} (${call}). A CAKE article documents it, so check that cake:domain is your CAKE instance.`;
    case "webPage":
      return `CAKE answered with a web page instead of data: ${what} (${call}).${unclearChange} Check that cake:domain is your CAKE instance and not a login page or another server.${isAssumed ? ' If your CAKE has no such endpoint, set cake:endpoints to "documented".' : ""}`;
    case "unexpected":
      return `CAKE answered something unexpected: ${what} (${call}).${unclearChange} Check that cake:domain is your CAKE instance and not another server.`;
  }
}
