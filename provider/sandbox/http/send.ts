import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import type { Answer, Delivery } from "../answer";
import type { Env } from "./loopbackOnly";

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** Sends an answer, or the part that a fault leaves of it. */
export function send(c: Context<Env>, delivery: Delivery): Response {
  switch (delivery.how) {
    case "whole":
      return responseOf(delivery.answer);
    case "half":
      sendHalf(c, delivery.answer, delivery.ending);
      return RESPONSE_ALREADY_SENT;
    case "reset":
      c.env.incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case "silence":
      return RESPONSE_ALREADY_SENT;
  }
}

function responseOf({ status, headers, body }: Answer): Response {
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

function sendHalf(
  { env }: Context<Env>,
  { status, headers, body }: Answer,
  ending: "reset" | "silence",
): void {
  const bytes = Buffer.from(body);
  env.outgoing.writeHead(status, { ...headers, "Content-Length": bytes.length });
  // The reset waits until the first half is sent, so that it interrupts the answer and does not prevent it.
  env.outgoing.write(bytes.subarray(0, bytes.length / 2), () => {
    if (ending === "reset") env.incoming.socket.resetAndDestroy();
  });
}
