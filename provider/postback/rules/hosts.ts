import { BlockList, isIPv4, isIPv6 } from "node:net";
import { maskMacros } from "../macros";
import { urlScheme } from "../url";
import { splitUrl, trimmed } from "./urlParameters";

/** The longest host and user that are looked at; a host name has 253 characters at most, or 759 when escaped. */
const MAX_LENGTH = 1000;

/**
 * The host that a client would call, in its plain spelling: `0x7f.1` is `127.0.0.1`, and `LOCALHOST.` is `localhost`.
 * Undefined where there is none that could be called. The parser sees the host alone, its macros covered.
 */
export function hostNameOf(url: string): string | undefined {
  const authority = maskMacros(authorityOf(url));
  if (urlScheme(trimmed(url)) === "" || authority === "" || authority.length > MAX_LENGTH) return undefined;
  const alone = `http://${authority}`;
  return URL.canParse(alone) ? new URL(alone).hostname.replace(/\.$/, "") : undefined;
}

/** Host, port and what stands before an `@`, as they are spelled. */
export function authorityOf(url: string): string {
  return splitUrl(url).host;
}

/** Whether a host is one of the names, or stands below one of them. */
export function isSubdomainOf(host: string, names: readonly string[]): boolean {
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}

/** Whether a host can be reached from within one machine or network only. */
export function isLocal(host: string): boolean {
  return isIn(LOCAL, host) || isSubdomainOf(host, LOCAL_NAMES);
}

/** Whether nobody can receive anything at a host, because it stands in examples only. */
export function isSample(host: string): boolean {
  return isIn(SAMPLES, host) || isSubdomainOf(host, SAMPLE_NAMES);
}

const LOCAL_NAMES = ["localhost", "local", "internal", "localdomain", "lan", "intranet", "home.arpa"];
// The names below .example are left alone: they are what examples and trials are written with.
const SAMPLE_NAMES = ["example.com", "example.net", "example.org", "test", "invalid"];

// Source: the special-purpose address registries of IANA. An IPv4 address is also found inside of an IPv6 one.
const LOCAL = blockList([
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
  ["::", 96],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
]);
const SAMPLES = blockList([
  ["192.0.2.0", 24],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["2001:db8::", 32],
]);

function blockList(nets: readonly (readonly [address: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of nets) list.addSubnet(address, bits, isIPv6(address) ? "ipv6" : "ipv4");
  return list;
}

function isIn(list: BlockList, host: string): boolean {
  if (isIPv4(host)) return list.check(host, "ipv4");
  const address = host.startsWith("[") ? host.slice(1, -1) : "";
  return isIPv6(address) && list.check(address, "ipv6");
}
