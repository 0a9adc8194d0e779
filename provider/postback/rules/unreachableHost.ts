import { isLocal, isSample } from "../reading/hosts";
import { PLACES, type UrlRule } from "./rule";

/** P14: a host that CAKE's servers cannot reach. */
export const unreachableHost: UrlRule = {
  id: "P14",
  name: "unreachable-host",
  title: "a host that CAKE cannot reach",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE's servers call the URL, not your browser. An address of one machine or of a private network leads them to their own network. A host that is reserved for examples is only a warning.",
  source: "RFC 6890 and RFC 2606; the usual lists against server-side request forgery",
  fix: "Use the public host of the partner's tracker.",
  bad: "https://192.168.1.20/pb?cid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ hostName, host }) => {
    if (hostName === undefined) return [];
    const finding = { part: host, quoted: host.text };
    if (isLocal(hostName)) {
      return [{ ...finding, what: "is an address of one machine or of a private network" }];
    }
    const severity = "warning";
    if (isSample(hostName)) {
      return [{ ...finding, what: "is reserved for examples, so nobody receives the call", severity }];
    }
    // A macro or a template may become a complete name.
    return /^[a-z0-9-]+$/.test(hostName)
      ? [{ ...finding, what: "has no dot, as in local networks only", severity }]
      : [];
  },
};
