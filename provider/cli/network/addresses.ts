import { lookup } from "node:dns/promises";
import { unreachedText } from "../../http/transport";

/** What a host name stands for on this machine, or why that cannot be said. */
export type Addresses =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly what: string };

/** Resolves the host of a URL as a call to it would. An address stands for itself. */
export async function resolveHost({ hostname }: URL): Promise<Addresses> {
  try {
    const found = await lookup(bareHost(hostname), { all: true });
    return { ok: true, addresses: found.map(({ address }) => address) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, what: unreachedText(code) ?? `the host name cannot be resolved (${code})` };
  }
}

/** The host of a URL as sockets and resolvers want it: an IPv6 address without its brackets. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
