import { maskMacros } from "../macros";
import { isHostName } from "../reading/hosts";
import { isPixelCode, PLACES, type UrlFinding, type UrlRule } from "./rule";

/** P13: an address that nobody can call. */
export const noAddress: UrlRule = {
  id: "P13",
  name: "no-address",
  title: "an address that nobody can call",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE calls http and https addresses. Without a host that can exist there is nothing to call, and every log that a URL passes shows its user and password.",
  source: "RFC 3986, section 3.2; RFC 1123, section 2.1; Everflow's help on the prefix",
  fix: "Begin with https:// and the host that receives postbacks, without a user.",
  bad: "https://user:pass@t.partner.net/pb?cid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ url, scheme, host, path, hostName }, facts) => {
    if (isPixelCode(url, facts)) return [];
    if (!/^https?:\/\/$/i.test(scheme))
      return [{ part: "the scheme", what: "is neither http:// nor https://" }];
    const finding = (what: string): UrlFinding => ({ part: host, what, quoted: host.text });
    if (/^(?:https?|www)(?::\d*)?$/i.test(host.text)) {
      return [finding(path.text.startsWith("//") ? "is a second scheme" : "is not the name of a host")];
    }
    if (path.text.startsWith("//") && /https?:?$/i.test(host.text))
      return [finding("runs into a second URL")];
    if (hostName === undefined) return [{ part: host, what: "is missing, or CAKE cannot call it" }];
    return [
      ...(host.text.includes("@") ? [finding("has a user or a password before it")] : []),
      ...(host.text.includes("\\") ? [finding("has a backslash, where some clients end it")] : []),
      ...(isNoName(hostName, host.text) ? [finding("has characters that no name of a host has")] : []),
    ];
  },
};

/** Ends of names that do not exist: with a digit, unless it is an address, and slips of the keys. */
const NO_TOP_LEVEL =
  /\.(?:(?!xn--)(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9-]+|con|cmo|ocm|comm|coom|nte|ogr|orgg|nett)$/;

function isNoName(hostName: string, spelled: string): boolean {
  if (hostName.startsWith("[")) return false;
  // Another rule finds a macro of another platform in the host.
  if (/[{}<>$]|%7B/i.test(maskMacros(spelled))) return false;
  return !isHostName(hostName) || NO_TOP_LEVEL.test(hostName);
}
