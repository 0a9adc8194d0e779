import { connect, isIPv6 } from "node:net";

type Failure = NodeJS.ErrnoException & { readonly address?: string };

/**
 * Whether nobody listens at an address such as `127.0.0.1:4000` or `[::1]:4000`. Nothing but a refusal proves it: other
 * failures, such as too many open files, are this process's own.
 */
export function isDeserted(address: string): Promise<boolean> {
  const { host, port } = /^\[?(?<host>[^\]]+)\]?:(?<port>\d+)$/.exec(address)?.groups ?? {};
  if (host === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", (error) => resolve(isRefusal(error)));
  });
}

// What a machine without IPv6 answers for ::1. For an address that it has, EADDRNOTAVAIL says that this process has no port.
const isWithoutIPv6 = ({ code, address }: Failure) =>
  code === "EAFNOSUPPORT" || (code === "EADDRNOTAVAIL" && isIPv6(address ?? ""));

/** Whether a failure proves that nobody listens. A name such as `localhost` may stand for several addresses: all count. */
export function isRefusal(error: Failure): boolean {
  const all: Failure[] = error instanceof AggregateError ? error.errors : [error];
  const isRefused = ({ code }: Failure) => code === "ECONNREFUSED";
  return all.some(isRefused) && all.every((one) => isRefused(one) || isWithoutIPv6(one));
}
