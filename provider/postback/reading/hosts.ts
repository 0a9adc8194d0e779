import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { maskMacros } from "../macros";

/** The longest user and host that are read. A host name has at most 253 characters, or 759 when encoded. */
const MAX_LENGTH = 1000;

/**
 * The host that a client would call, in its normal spelling: `0x7f.1` is `127.0.0.1`, and `LOCALHOST.` is `localhost`.
 * It is undefined if no host could be called. The parser gets only user, host and port, with their macros masked.
 */
export function hostNameIn(authority: string): string | undefined {
  // Nearly every host is written in its normal spelling, which the parser would only confirm.
  if (NORMAL.test(authority)) return authority;
  const masked = maskMacros(authority);
  if (masked === "" || masked.length > MAX_LENGTH) return undefined;
  const alone = `http://${masked}`;
  return URL.canParse(alone) ? new URL(alone).hostname.replace(/\.$/, "") : undefined;
}

const NORMAL = /^(?!.{0,250}xn--)(?:[a-z0-9-]{1,63}\.){1,9}[a-z][a-z0-9-]{0,62}$/;

/** A name's labels are letters, digits, hyphens, and in practice underscores; the last one is not a number. */
const NAME =
  /^(?:[a-z0-9_]{1,63}|[a-z0-9_][a-z0-9_-]{0,61}[a-z0-9_])(?:\.(?:[a-z0-9_]{1,63}|[a-z0-9_][a-z0-9_-]{0,61}[a-z0-9_])){0,20}$/;

/** Whether a host in its normal spelling can be one: an address, or a name that DNS allows. */
export function isHostName(host: string): boolean {
  return host.startsWith("[") || (host.length <= 253 && NAME.test(host));
}

/** Whether a host is one of the names or a subdomain of one. */
export function isSubdomainOf(host: string, names: readonly string[]): boolean {
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}

/** Whether a host can be reached only from within one machine or network. */
export function isLocal(host: string): boolean {
  return isIn(LOCAL, host) || isSubdomainOf(host, LOCAL_NAMES);
}

/** Whether a host is reserved for examples, so that nobody can receive anything there. */
export function isSample(host: string): boolean {
  return isIn(SAMPLES, host) || isSubdomainOf(host, SAMPLE_NAMES);
}

/** Whether an IP address, without brackets, is one that CAKE's servers can reach. */
export function isPublicAddress(address: string): boolean {
  const [plain = ""] = address.split("%");
  const host = isIPv6(plain) ? `[${plain}]` : plain;
  return isIP(plain) !== 0 && !isIn(LOCAL, host) && !isIn(SAMPLES, host);
}

/** Whether a name never resolves: nobody can register it. Unlike example.com it has no address at all. */
export function isReserved(host: string): boolean {
  return isSubdomainOf(host, RESERVED_NAMES);
}

const LOCAL_NAMES = ["localhost", "local", "internal", "localdomain", "lan", "intranet", "home.arpa"];
// Names under .example are allowed, because examples and trials use them.
const SAMPLE_NAMES = ["example.com", "example.net", "example.org", "test", "invalid"];
// Source: RFC 2606, RFC 6761, RFC 7686 and RFC 9476.
const RESERVED_NAMES = ["alt", "example", "invalid", "onion", "test"];

// Source: the special-purpose address registries of IANA, RFC 2765, and the address of Azure within its machines. IPv6 addresses that carry an IPv4 address count as a whole.
const LOCAL = blockList([
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
  ["::", 96],
  ["::ffff:0:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2002::", 16],
  ["5f00::", 16],
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
  ["3fff::", 20],
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
