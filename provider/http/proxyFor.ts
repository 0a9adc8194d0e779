import { BlockList, isIP } from "node:net";

type Environment = Readonly<Record<string, string | undefined>>;

/** The code of the error for a proxy that does not speak HTTP, such as `socks5:`. */
export const SCHEME_ERROR = "PROXY_SCHEME";

/**
 * The proxy for a URL: the one that a setting names, or else the one in the environment. Plain HTTP to this very
 * machine never leaves it: a proxy would read the key.
 */
export function proxyFor(url: URL, setting: string | undefined, env: Environment): string | undefined {
  if (url.protocol === "http:" && isLoopback(url.hostname)) return undefined;
  return setting ?? fromEnvironment(url, env);
}

/** Whether the environment names a proxy for a URL. One of a kind that no call could use is one, too. */
export function hasProxy(url: URL, env: Environment): boolean {
  try {
    return proxyFor(url, undefined, env) !== undefined;
  } catch {
    return true;
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function fromEnvironment(url: URL, env: Environment): string | undefined {
  const variable = (name: string) => env[name] || env[name.toUpperCase()] || undefined;
  const text = variable(`${url.protocol.replace(":", "")}_proxy`) ?? variable("all_proxy");
  if (text === undefined || isExcepted(url, variable("no_proxy") ?? "")) return undefined;
  // Without a scheme it is spoken to in plain HTTP, as by every other tool.
  const [, scheme = "http"] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  if (!/^https?$/i.test(scheme)) throw Object.assign(new Error(), { code: SCHEME_ERROR });
  return /:\/\//.test(text) ? text : `http://${text}`;
}

// A list of hosts with all below them, addresses and networks, each with a port or without.
function isExcepted(url: URL, list: string): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      // An IPv6 address has a port only behind brackets.
      const [, name = entry, itsPort = port] =
        isIP(entry) === 0 ? (/^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? []) : [];
      return itsPort === port && (isIn(host, bare(name)) || isBelow(host, name.toLowerCase()));
    });
}

function isIn(host: string, entry: string): boolean {
  const family = familyOf(host);
  const [network = "", length] = entry.split("/");
  if (family === undefined || familyOf(network) !== family) return false;
  const list = new BlockList();
  const prefix = Number(length ?? (family === "ipv4" ? 32 : 128));
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === "ipv4" ? 32 : 128)) return false;
  list.addSubnet(network, prefix, family);
  return list.check(host, family);
}

function isBelow(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\.?/, "");
  return name === "" ? entry === "*" : host === name || host.endsWith(`.${name}`);
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  return ({ 4: "ipv4", 6: "ipv6" } as const)[isIP(address)];
}

function bare(hostname: string): string {
  return hostname.replace(/[[\]]/g, "");
}
