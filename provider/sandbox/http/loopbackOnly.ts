import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";

export type Env = { Bindings: HttpBindings };

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Answers only requests for a name of this machine. Another site can point its own name at 127.0.0.1 to read and change
 * the rows, but its requests still carry that name.
 */
export const onlyOwnHost: MiddlewareHandler<Env> = async (c, next) => {
  if (ownHosts(c).includes(c.req.header("Host") ?? "")) return next();
  return c.text("The sandbox answers only under its own loopback address.\n", 403);
};

/** Refuses requests from pages of other sites. API clients send no origin. */
export const onlyOwnOrigin: MiddlewareHandler<Env> = async (c, next) => {
  const origin = c.req.header("Origin");
  if (origin === undefined || isOwnOrigin(c, origin)) return next();
  return c.text("The sandbox refuses requests from pages of other sites.\n", 403);
};

export function isOwnOrigin(c: Context<Env>, origin: string | undefined): boolean {
  return ownHosts(c).some((host) => origin === `http://${host}`);
}

function ownHosts(c: Context<Env>): string[] {
  const { localPort } = c.env.incoming.socket;
  return LOOPBACK_NAMES.map((name) => `${name}:${localPort}`);
}
