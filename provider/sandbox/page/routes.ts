import { randomBytes, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import * as v from "valibot";
import type { Emulator } from "../emulator";
import { type Env, isOwnOrigin } from "../http/loopbackOnly";
import type { SandboxInstance } from "../instance";
import { addressOf, type Selection, select, selectionOf } from "./selection";
import { style } from "./style";
import { pageView } from "./view";

const LATEST_REQUESTS = 15;
const UNREADABLE = "Nothing was saved: a postback needs a URL and a status.";
const NOT_FROM_HERE = "Nothing was saved: the form came from another page or an earlier run. Try again here.";

const edit = v.object({
  token: v.string(),
  postback_url: v.pipe(v.string(), v.nonEmpty()),
  postback_status: v.pipe(v.string(), v.nonEmpty()),
  q: v.optional(v.string()),
  page: v.optional(v.string()),
});

/** The page for people: it shows the live postbacks and lets them be edited, without scripts. */
export function pageOf(name: string, emulator: Emulator, instances: () => SandboxInstance[]): Hono<Env> {
  const token = randomBytes(32).toString("base64url");
  const show = (c: Context<Env>, selection: Selection, message?: string, status: 200 | 400 | 403 = 200) => {
    // A page from the browser's cache would hold an old token and old rows.
    c.header("Cache-Control", "no-store");
    return c.html(
      pageView({
        name,
        instances: instances(),
        selection,
        shown: select(emulator.store.rows, selection),
        requests: emulator.recorder.requests.slice(-LATEST_REQUESTS).reverse(),
        token,
        message,
      }),
      status,
    );
  };

  return new Hono<Env>()
    .on("GET", ["/", "/style.css"], pageHeaders())
    .on("POST", "/postbacks/:id", pageHeaders())
    .get("/style.css", (c) => c.body(style, 200, { "Content-Type": "text/css; charset=utf-8" }))
    .get("/", (c) => show(c, selectionOf(c.req.query()), savedMessage(c.req.query("saved"))))
    .post("/postbacks/:id", async (c) => {
      const form = v.safeParse(edit, await c.req.parseBody());
      if (!form.success) return show(c, selectionOf({}), UNREADABLE, 400);
      const selection = selectionOf(form.output);
      if (!isOwnOrigin(c, c.req.header("Origin")) || !isSame(form.output.token, token)) {
        return show(c, selection, NOT_FROM_HERE, 403);
      }
      const row = emulator.store.get(Number(c.req.param("id")));
      if (row === undefined) return c.notFound();
      const { postback_url: postbackUrl, postback_status: postbackStatus } = form.output;
      emulator.store.update(row.postbackId, { postbackUrl, postbackStatus });
      const saved = String(row.postbackId);
      // A redirect, so that reloading the page does not send the edit again.
      return c.redirect(`${addressOf(selection, { saved })}#postback-${saved}`, 303);
    });
}

function pageHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // With "no-referrer" browsers would send the form with the origin "null", which is nobody's.
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
    // The sandbox speaks plain HTTP, and only on this machine.
    strictTransportSecurity: false,
  });
}

function savedMessage(postbackId: string | undefined): string | undefined {
  return postbackId === undefined || !/^\d+$/.test(postbackId)
    ? undefined
    : `Postback ${postbackId} is saved.`;
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
