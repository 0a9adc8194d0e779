import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { CodedError } from "../../message";
import { messages } from "../messages";
import type { Env } from "./loopbackOnly";

/** A server that listens only on the loopback interface. */
export interface Listener {
  readonly port: number;
  /** Stops listening and destroys every connection, including those that hang. */
  close(): Promise<void>;
}

// This is longer than any test or break. If the server closed a connection just when a client reuses it, that would
// look like a fault.
const KEEP_ALIVE_MS = 600_000;

export async function listen(app: Hono<Env>, port: number): Promise<Listener> {
  // The global Request and Response belong to the program that starts a sandbox.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: Error) => {
    throw isInUse(error) ? new CodedError(messages.portInUse(port)) : error;
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function isInUse(error: Error): boolean {
  return "code" in error && error.code === "EADDRINUSE";
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
