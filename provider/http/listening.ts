import { connect } from "node:net";

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

// What a machine answers for an address that it does not have, such as ::1 without IPv6: nobody can listen there.
const NO_SUCH_ADDRESS = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

/** Whether a failure proves that nobody listens. A name such as `localhost` may stand for several addresses: all count. */
export function isRefusal(error: NodeJS.ErrnoException): boolean {
  const codes = (error instanceof AggregateError ? error.errors : [error]).map(({ code }) => String(code));
  return (
    codes.includes("ECONNREFUSED") &&
    codes.every((code) => code === "ECONNREFUSED" || NO_SUCH_ADDRESS.includes(code))
  );
}
