import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Emulator } from "../emulator";
import { api } from "./api";
import { type Env, onlyOwnHost, onlyOwnOrigin } from "./loopbackOnly";

const MAX_BODY_BYTES = 1024 * 1024;

/** Everything that one instance serves. */
export function appOf(emulator: Emulator, page: Hono<Env>): Hono<Env> {
  return (
    new Hono<Env>()
      .use(onlyOwnHost, onlyOwnOrigin)
      .use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.text("The request is too large.\n", 413) }))
      .route("/", page)
      .all("*", api(emulator))
      // A function of a test, such as a filter of rows, may throw here, and the test must see why.
      .onError((error, c) => c.text(`The sandbox failed: ${error.message}\n`, 500))
  );
}
