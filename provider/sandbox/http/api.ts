import type { Context, MiddlewareHandler } from "hono";
import type { Emulator } from "../emulator";
import type { Call } from "../requests";
import type { Fields } from "../wire";
import type { Env } from "./loopbackOnly";
import { send } from "./send";

/** CAKE's API: every request except those for the page. */
export function api(emulator: Emulator): MiddlewareHandler<Env> {
  return async (c) => {
    const route = emulator.routeAt(c.req.method, c.req.path);
    const sent = { body: await bodyFields(c), query: c.req.query() };
    const { api_key: apiKey } = sent[route?.keyIn ?? "query"];
    const call: Call = {
      operation: route?.operation ?? "unknown",
      method: c.req.method,
      path: c.req.path,
      fields: withoutKey(c.req.method === "POST" ? sent.body : sent.query),
      hasKey: "api_key" in sent.body || "api_key" in sent.query,
    };
    return send(c, await emulator.handle(call, apiKey));
  };
}

/** The fields of a JSON body, or none if it is not a JSON object. */
async function bodyFields(c: Context<Env>): Promise<Fields> {
  if (c.req.method === "GET" || c.req.method === "HEAD") return {};
  const body: unknown = await c.req.json().catch(() => undefined);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Fields) : {};
}

function withoutKey(fields: Fields): Fields {
  const { api_key: _, ...others } = fields;
  return others;
}
