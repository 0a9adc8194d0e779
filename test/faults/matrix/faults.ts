import type { Postback } from "../../../provider/postback/postback";
import type { Behaviour, Fault, SandboxInstance } from "../../../provider/sandbox";
import type { Bag } from "../../host/support/proto";
import { CANARY, spellings } from "../../host/support/secrets";
import { ESTATE, pair, URL_NEW, URL_OLD } from "./estate";
import type { FaultName } from "./table";

/** The proxy's password, as it stands in the setting. */
export const PROXY_PASSWORD = "pr0xy-cAn4ry_7d1E-93bF~52aC";

/** What a fault does its damage to. */
interface Target {
  readonly cake: SandboxInstance;
  /** The endpoint that the operation stands or falls with. */
  readonly call: "create" | "update" | "list";
  readonly operation: string;
}

/** How a fault comes into the world. It lasts until the sandbox recovers and the settings are good again. */
export interface Strike {
  /** Settings of the run that meets it. */
  readonly settings?: (cake: SandboxInstance) => Bag;
  readonly begin?: (target: Target) => void;
  /** A postback that somebody else removes meanwhile. */
  readonly removes?: number;
}

const answers = (fault: Fault): Strike => ({
  begin: ({ cake, call }) => cake.injectFault({ on: call, fault, times: Infinity }),
});

const silent = (when: "before" | "after"): Strike => ({
  ...answers({ kind: "hang", when }),
  settings: () => ({ "cake:requestTimeout": "1" }),
});

const behaves = (changes: Partial<Behaviour>): Strike => ({ begin: ({ cake }) => cake.behave(changes) });

/** The instance is under an address at which something else, or nothing, answers. */
const elsewhere = (addressOf: (cake: SandboxInstance) => string): Strike => ({
  settings: (cake) => ({ "cake:domain": addressOf(cake), "cake:formerDomains": cake.domain }),
});

// Too long a label for any name: the look-up fails without a word to the network.
const NO_NAME = `${"x".repeat(64)}.example`;
const NOBODY = "127.0.0.1:9";

// Plain HTTP to this machine goes through no proxy.
const proxied = (proxyOf: (cake: SandboxInstance) => string): Strike => ({
  settings: (cake) => ({
    "cake:domain": `https://${cake.domain}`,
    "cake:proxy": `http://me:${PROXY_PASSWORD}@${proxyOf(cake)}`,
  }),
});

/** Many more rows in front of the managed ones, which are then on the last of the pages. */
const PAGED_ROWS = 450;
const cappedTotal = (maxRows: number, before: (cake: SandboxInstance) => void = () => {}): Strike => ({
  begin: ({ cake }) => {
    before(cake);
    for (let index = 0; index < PAGED_ROWS; index += 1)
      cake.add({ affiliateId: 5000 + index, offerId: 1, postbackUrl: URL_OLD });
    cake.behave({ maxRows, totalRows: "page", order: "newestFirst" });
  },
});

const addTwin = (postbackStatus: Postback["postbackStatus"]) => (cake: SandboxInstance) =>
  cake.add({ ...pair, postbackUrl: URL_NEW, postbackStatus });

/** The list fails as soon as an update has been sent. */
const failingReadBack = (update: Behaviour["update"]): Strike => ({
  begin: ({ cake }) => {
    cake.behave({ update });
    cake.injectFault({
      ...{ on: "list", fault: { kind: "status", status: 503 }, times: Infinity },
      where: () => cake.calls("update") > 0,
    });
  },
});

const setTo = (settings: Bag): Strike => ({ settings: () => settings });

const missing = (missingAnswer: Behaviour["missingAnswer"]): Strike => ({
  begin: ({ cake, call }) => cake.behave({ [call]: "missing", missingAnswer }),
});

/** The list changes its ways as soon as the create has been sent, and the answer to the create is lost. */
const afterTheLook = (when: "before" | "after", begin: (cake: SandboxInstance) => void): Strike => ({
  begin: ({ cake }) => {
    cake.injectFault({ on: "create", fault: { kind: "reset", when }, times: Infinity });
    cake.behave({
      afterPage: ({ startAtRow }) => {
        if (startAtRow === ESTATE.lastPage) begin(cake);
      },
    });
  },
});

// A server that hands everything back that it was given, in one spelling after the other.
const QUOTED = `${Object.values(spellings(CANARY)).join(" ")} ${URL_NEW} ${URL_OLD}`;
const page = (status: number, when: "before" | "after"): Strike =>
  answers({ kind: "status", status, when, body: JSON.stringify({ message: QUOTED }) });

/** How each fault of the table is brought about. */
export const strikes: Readonly<Record<FaultName, Strike>> = {
  "unreadable setting": { settings: () => ({ "cake:concurrency": "many" }) },
  "no key": { settings: () => ({ "cake:apiKey": undefined }) },
  "refused connection": elsewhere(() => `http://${NOBODY}`),
  "DNS failure": elsewhere(() => `https://${NO_NAME}`),
  "TLS failure": elsewhere(({ domain }) => `https://${domain}`),
  "proxy refuses the connection": proxied(() => NOBODY),
  "proxy lets nothing through": proxied(({ domain }) => domain),
  "reset before": answers({ kind: "reset", when: "before" }),
  "reset after": answers({ kind: "reset", when: "after" }),
  "timeout before": silent("before"),
  "timeout after": silent("after"),
  "429 with Retry-After": answers({ kind: "rateLimited", retryAfter: 60 }),
  "429 without Retry-After": answers({ kind: "rateLimited" }),
  Restricted: answers({ kind: "restricted", envelope: "legacy" }),
  "500 before": page(500, "before"),
  "500 after": page(500, "after"),
  "502 before": page(502, "before"),
  "502 after": page(502, "after"),
  "503 before": page(503, "before"),
  "503 after": page(503, "after"),
  "504 before": page(504, "before"),
  "504 after": page(504, "after"),
  "redirect 301": redirect(301),
  "redirect 302": redirect(302),
  "redirect 307": redirect(307),
  "HTML at 200 before": answers({ kind: "html", when: "before" }),
  "HTML at 200 after": answers({ kind: "html", when: "after" }),
  truncated: answers({ kind: "truncated" }),
  "broken off": answers({ kind: "brokenOff" }),
  "empty answer before": answers({ kind: "empty", when: "before" }),
  "empty answer after": answers({ kind: "empty", when: "after" }),
  "request_status failure": answers({ kind: "refused", message: `No such offer. You sent ${QUOTED}` }),
  "wrong key": { settings: () => ({ "cake:apiKey": `${CANARY}-old` }) },
  "narrower key": behaves({ visible: ({ postbackId }) => postbackId <= ESTATE.updated }),
  "wrong tenant": behaves({ tenant: "other" }),
  "empty list": behaves({ list: "empty" }),
  "short page": behaves({ totalRows: false }),
  "missing last row": behaves({ shortBy: 1 }),
  "shifted page": {
    removes: ESTATE.removed,
    begin: ({ cake }) =>
      cake.behave({
        afterPage: ({ startAtRow }) => {
          const isDue = startAtRow === ESTATE.lastPage - 2 && cake.postback(ESTATE.removed) !== undefined;
          if (isDue) cake.remove(ESTATE.removed);
        },
      }),
  },
  "wrong total": behaves({ totalRows: 90 }),
  "stale list": {
    begin: ({ cake, operation }) => {
      cake.behave({ list: "stale" });
      // What a read must find out sooner or later.
      if (operation === "read") cake.edit(ESTATE.last, { postbackUrl: URL_NEW });
    },
  },
  "list older than the postback": {
    begin: ({ cake }) => {
      const row = cake.remove(ESTATE.last);
      cake.behave({ list: "stale" });
      cake.add(row);
    },
  },
  "ignored filter": behaves({ filters: "ignored" }),
  "missing endpoint, 404": missing(404),
  "missing endpoint, 405": missing(405),
  "missing endpoint, HTML": missing("html"),
  "missing endpoint, refusal": missing("refusal"),
  "overwriting POST": {
    begin: ({ cake }) => {
      cake.add({ ...pair, postbackUrl: URL_OLD, postbackStatus: "inactive" });
      cake.behave({ create: "overwrite" });
    },
  },
  "blanking update": behaves({ update: "blank" }),
  "lost answer, then the list fails": afterTheLook("after", (cake) =>
    cake.injectFault({ on: "list", fault: { kind: "refused", message: "Not now" }, times: Infinity }),
  ),
  "lost request, then the list fails": afterTheLook("before", (cake) =>
    cake.injectFault({ on: "list", fault: { kind: "refused", message: "Not now" }, times: Infinity }),
  ),
  "lost answer, then an empty list": afterTheLook("after", (cake) => cake.behave({ list: "empty" })),
  "lost answer, then a stale list": afterTheLook("after", (cake) => cake.behave({ list: "stale" })),
  "lost answer, then a narrower key": afterTheLook("after", (cake) =>
    cake.behave({ visible: ({ postbackId }) => postbackId <= ESTATE.updated }),
  ),
  "lost answer, then a wrong total": afterTheLook("after", (cake) => cake.behave({ totalRows: 90 })),
  "lost request, then a wrong total": afterTheLook("before", (cake) => cake.behave({ totalRows: 90 })),
  "lost answer, no list": {
    begin: ({ cake }) => {
      cake.behave({ list: "missing" });
      cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" }, times: Infinity });
    },
  },
  "lost answer, set to have no list": {
    ...setTo({ "cake:endpoints": "without-list" }),
    begin: ({ cake }) =>
      cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" }, times: Infinity }),
  },
  "lost answer, ignored filter": {
    begin: ({ cake }) => {
      cake.behave({ filters: "ignored" });
      cake.injectFault({ on: "create", fault: { kind: "reset", when: "after" }, times: Infinity });
    },
  },

  "one list is a 404": {
    begin: ({ cake }) =>
      cake.injectFault({
        on: "list",
        fault: { kind: "status", status: 404, body: "default backend - 404" },
      }),
  },
  "one list is a refusal": {
    begin: ({ cake }) =>
      cake.injectFault({
        on: "list",
        fault: {
          kind: "refused",
          message: "An unknown error occurred while performing the requested action",
        },
      }),
  },
  "total counts the page, 50": cappedTotal(50),
  "total counts the page, 200": cappedTotal(200),
  "total counts the page, 250": cappedTotal(250),
  "total counts the page, 400": cappedTotal(400),
  "equal postback on the last page": cappedTotal(200, addTwin("active")),
  "postback that fires twice": { begin: ({ cake }) => void cake.add({ ...pair, postbackUrl: URL_OLD }) },
  "equal postback that is inactive": { begin: ({ cake }) => void addTwin("inactive")(cake) },
  "web firewall": answers({ kind: "status", status: 403, body: "error code: 1015" }),
  "words about a key": answers({
    kind: "refused",
    message: "The parameter api_key must not be empty",
  }),
  "Restricted.": answers({ kind: "refused", message: "Restricted." }),
  "Success without a record before": answers(emptySuccess("before")),
  "Success without a record after": answers(emptySuccess("after")),
  "nested without end": answers({ kind: "status", status: 200, body: "[".repeat(100_000) }),
  "read-back fails": failingReadBack("keep"),
  "read-back of an echo fails": failingReadBack("echo"),
  "echoed update": behaves({ update: "echo" }),
  "ignored update": behaves({ update: "ignore" }),
  "half a character": {
    begin: ({ cake }) =>
      cake.add({ affiliateId: 4000, offerId: 1, postbackUrl: "https://t.example/?n=\ud83d" }),
  },
  "statuses in capitals": behaves({ statusNames: { active: "Active", inactive: "INACTIVE" } }),
  "rows under response": behaves({ listEnvelope: "response", arrayName: "affiliate_postbacks" }),
  "numbers as strings": behaves({ ids: "string" }),
  "renamed type": {
    begin: ({ cake }) => {
      for (const { postbackId } of cake.postbacks()) cake.edit(postbackId, { postbackType: "S2S" });
      cake.behave({ typeNames: { 1: "S2S", 2: "iFrame", 3: "Image", 4: "JavaScript" } });
    },
  },
  "every page is the first": behaves({ paging: "ignored" }),
  "refused filter": behaves({ filters: "refused" }),
  "incomplete filter": behaves({ filters: "incomplete" }),
  "set to have no list": setTo({ "cake:endpoints": "without-list" }),
  "set to what is documented": setTo({ "cake:endpoints": "documented" }),
  "quoted plain": answers({ kind: "quoted", as: "plain" }),
  "quoted with escapes of URLs": answers({ kind: "quoted", as: "percentEncoded" }),
  "quoted without scheme": answers({ kind: "quoted", as: "withoutScheme" }),
  "quoted with escapes of JSON": answers({ kind: "quoted", as: "escapedSlashes" }),
  "quoted values": answers({ kind: "quoted", as: "values" }),
};

function redirect(status: 301 | 302 | 307): Strike {
  return answers({
    kind: "redirect",
    status,
    location: `https://login.example/?api_key=${encodeURIComponent(CANARY)}`,
  });
}

function emptySuccess(when: "before" | "after"): Fault {
  return { kind: "status", status: 200, body: { request_status: "Success" }, when };
}
