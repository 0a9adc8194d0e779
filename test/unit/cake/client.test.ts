import { describe, expect, it } from "vitest";
import { type EndpointName, endpoints } from "../../../provider/cake/endpoints";
import { CakeError } from "../../../provider/cake/errors";
import { Pace } from "../../../provider/http/pace";
import type { HttpOutcome } from "../../../provider/http/transport";
import { byHand, FakeClock, settled } from "../http/fakeClock";
import {
  answer,
  clientAt,
  created,
  declaration,
  errorOf,
  KEY,
  keyRefused,
  lost,
  type Outcome,
  refused,
  scripted,
  silent,
  startCake,
  throttled,
  unreached,
} from "./support";

const ORIGIN = "https://cake.example";
type Options = Parameters<typeof clientAt>[1];
type Script = readonly Outcome[];

/** A client on a scripted network. */
function on(script: Script, options: Options = {}) {
  const network = scripted(...script);
  return { ...network, ...clientAt(ORIGIN, { transport: network.transport, ...options }) };
}

// The request log is only asked by doctor, as a probe.
type Called = Exclude<EndpointName, "logs">;
const calls: Readonly<Record<Called, (client: ReturnType<typeof on>["client"]) => Promise<unknown>>> = {
  create: (client) => client.create(declaration),
  update: (client) => client.update(7, { postbackStatus: "inactive" }),
  list: (client) => client.list(),
  campaigns: (client) => client.campaigns({ affiliateId: 1 }),
};
const names = Object.keys(calls) as Called[];

describe("a call", () => {
  it.each(names)("to %s carries the key where the table says, and nowhere else", async (name) => {
    const { client, sent } = on([refused]);
    await errorOf(calls[name](client));
    const { method, keyIn, path } = endpoints[name];
    const url = new URL(sent[0]?.url ?? "");
    expect(sent[0]?.method).toBe(method);
    expect(url.origin + url.pathname).toBe(ORIGIN + path);
    expect(url.searchParams.get("api_key")).toBe(keyIn === "query" ? KEY : null);
    expect(JSON.parse(sent[0]?.body ?? "{}").api_key).toBe(keyIn === "body" ? KEY : undefined);
  });

  it("goes to the path that a setting names", async () => {
    const { client, sent } = on([refused], { paths: { list: "/own/list.json", update: "/own/up.json" } });
    for (const name of names) await errorOf(calls[name](client));
    expect(sent.map(({ url }) => url.pathname)).toEqual([
      endpoints.create.path,
      "/own/up.json",
      "/own/list.json",
      endpoints.campaigns.path,
    ]);
  });

  it("to list never filters by status, and gives both paging parameters", async () => {
    const { client, sent } = on([answer({ request_status: "Success", postbacks: [] })]);
    await client.list({ postbackId: 1, affiliateId: 2, offerId: 0 });
    const query = Object.fromEntries(sent[0]?.url.searchParams ?? []);
    expect(query).toEqual({
      ...{ api_key: KEY, postback_id: "1", affiliate_id: "2", offer_id: "0" },
      ...{ start_at_row: "0", row_limit: "500" },
    });
  });

  it("has its own time, or what is left of the operation's", async () => {
    const options = { requestTimeoutMs: 5_000, operationTimeoutMs: 5_800 };
    const { client, sent, clock } = on([unreached], options);
    clock.random = () => 0.9999;
    await errorOf(client.list());
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 5_000, 4_300, 2_300]);
  });
});

describe("with a real CAKE", () => {
  it("makes, changes and lists a postback, URL byte for byte", async () => {
    const cake = await startCake();
    const { client } = clientAt(cake.url);
    const row = await client.create(declaration);
    expect(row).toEqual({
      ...{ postbackId: 8801, affiliateId: 67890, offerId: 12345, postbackUrl: declaration.postbackUrl },
      ...{ postbackStatus: "active", postbackType: "Server" },
    });
    expect(await client.update(8801, { postbackStatus: "inactive" })).toEqual({
      ...row,
      postbackStatus: "inactive",
    });
    expect(cake.requests.at(-1)?.fields).toEqual({ postback_id: 8801, postback_status: "inactive" });
    const { rows, completenessIssues: flaws } = await client.list();
    expect([...rows.values()]).toEqual(cake.postbacks());
    expect(flaws).toEqual([]);
  });

  it.each([404, 405] as const)("tells a missing endpoint that answers with %s", async (missingAnswer) => {
    const cake = await startCake();
    const missing = Object.fromEntries(names.map((name) => [name, "missing"]));
    cake.behave({ ...missing, missingAnswer });
    for (const name of names) {
      const error = await errorOf(calls[name](clientAt(cake.url).client));
      expect(error).toMatchObject({ kind: "missing", endpoint: name, outcomeUnknown: false });
      const assumed = endpoints[name].standing === "assumed";
      expect(error.message.includes("cake:paths")).toBe(assumed);
      expect(error.message.includes("CAKE does not document this call")).toBe(assumed);
    }
  });

  it("calls an answer cut short lost, and a create is not sent again", async () => {
    const cake = await startCake();
    const { client } = clientAt(cake.url);
    cake.injectFault({ on: "create", fault: { kind: "brokenOff" } });
    expect(await errorOf(client.create(declaration))).toMatchObject({ kind: "lost", outcomeUnknown: true });
    expect(cake.calls("create")).toBe(1);
    expect(cake.postbacks()).toHaveLength(1);
  });

  it.each([301, 302, 307, 308] as const)("does not follow a redirect (%i) with its key", async (status) => {
    const [cake, other] = [await startCake(), await startCake()];
    cake.injectFault({ on: "any", times: 9, fault: { kind: "redirect", status, location: other.url } });
    const { client } = clientAt(cake.url);
    const message = expect.stringContaining(`it redirects to ${other.url}`);
    for (const name of names)
      expect(await errorOf(calls[name](client))).toMatchObject({ kind: "unexpected", message });
    expect(other.requests).toEqual([]);
  });
});

describe("a retry", () => {
  it.each(names)("of %s comes after a connection that was never made", async (name) => {
    const { client, sent } = on([unreached, unreached, unreached, refused]);
    expect(await errorOf(calls[name](client))).toMatchObject({ kind: "refused" });
    expect(sent).toHaveLength(4);
  });

  it.each(names)("of %s comes after CAKE's throttle", async (name) => {
    const { client, sent } = on([throttled, answer("", { status: 429 }), refused]);
    expect(await errorOf(calls[name](client))).toMatchObject({ kind: "refused" });
    expect(sent).toHaveLength(3);
  });

  it.each([
    ["list", 4],
    ["update", 4],
    ["campaigns", 4],
    ["create", 1],
  ] as const)("of %s after a lost answer: %i attempts in all", async (name, attempts) => {
    for (const outcome of [lost, answer("<html>", { status: 503 })]) {
      const { client, sent } = on([outcome]);
      expect(await errorOf(calls[name](client))).toMatchObject({ kind: "lost", outcomeUnknown: true });
      expect(sent).toHaveLength(attempts);
    }
  });

  it.each(["key", "refused", "missing", "unexpected"])(
    "does not come after what is final: %s",
    async (kind) => {
      const finals = {
        key: keyRefused,
        refused,
        missing: answer("", { status: 404 }),
        unexpected: answer("hm"),
      };
      for (const name of names) {
        const { client, sent } = on([finals[kind as keyof typeof finals]]);
        expect(await errorOf(calls[name](client))).toMatchObject({ kind });
        expect(sent).toHaveLength(1);
      }
    },
  );

  it("waits as long as the server asks, and so do all calls that have not started", async () => {
    const { client, sent, clock } = on([answer("", { status: 429, retryAfter: "7" })]);
    clock.sleep = (ms) => {
      clock.pauses.push(ms);
      return new Promise(() => undefined);
    };
    void client.create(declaration);
    await settled();
    void client.list();
    await settled();
    expect(clock.pauses).toEqual([7_000, 7_000]);
    expect(sent).toHaveLength(1);
  });

  it("ends with the operation's time, however long CAKE throttles", async () => {
    const { client, clock } = on([throttled], { operationTimeoutMs: 30_000 });
    const start = clock.now();
    const error = await errorOf(client.create(declaration));
    expect(error).toMatchObject({ kind: "throttled", outcomeUnknown: false });
    expect(clock.now() - start).toBeLessThan(30_000);
  });
});

describe("a retry whose time is over when its turn comes", () => {
  it("is not sent, and did nothing", async () => {
    const { client, sent, clock } = on([unreached, created], { operationTimeoutMs: 10_000 });
    // The machine slept meanwhile.
    clock.sleep = async () => {
      clock.time += 11_000;
    };
    const error = await errorOf(client.create(declaration));
    expect(error).toMatchObject({ kind: "unreached", outcomeUnknown: false });
    expect(error.message).toContain("cake:operationTimeout");
    expect(sent).toHaveLength(1);
  });

  it("fails with the attempt before it, if that one may have been acted on", async () => {
    const { client, sent, clock } = on([lost, created], { operationTimeoutMs: 10_000 });
    clock.sleep = async () => {
      clock.time += 11_000;
    };
    const error = await errorOf(client.update(7, { postbackStatus: "inactive" }));
    expect(error).toMatchObject({ kind: "lost", outcomeUnknown: true });
    expect(sent).toHaveLength(1);
  });
});

describe("permission to write", () => {
  it("is asked for before each POST, retries too, and before no GET", async () => {
    const asked: number[] = [];
    const network = scripted(throttled, created, answer({ request_status: "Success", postbacks: [] }));
    const { client } = clientAt(ORIGIN, {
      transport: network.transport,
    });
    await client.create(declaration, async () => void asked.push(network.sent.length));
    await client.list();
    expect(asked).toEqual([0, 1]);
  });

  it("that is denied ends the call with the same error, and nothing is sent", async () => {
    const { client, sent } = on([created]);
    const denied = new Error("nobody there");
    const deny = () => Promise.reject(denied);
    expect(await errorOf(client.create(declaration, deny))).toBe(denied);
    expect(await errorOf(client.update(7, {}, deny))).toBe(denied);
    expect(sent).toEqual([]);
  });

  it("that is denied to a retry ends an update whose answer was lost, too", async () => {
    const { client, sent } = on([lost, created]);
    const denied = new Error("nobody there");
    const once = async () => {
      if (sent.length > 0) throw denied;
    };
    expect(await errorOf(client.update(7, {}, once))).toBe(denied);
    expect(sent).toHaveLength(1);
  });

  it("may take its time, which is none of the call's", async () => {
    const { client, clock, sent } = on([created], { operationTimeoutMs: 1_000 });
    await client.create(declaration, () => clock.sleep(60_000));
    expect(sent).toHaveLength(1);
  });
});

describe("a client that is halted", () => {
  const reason = new Error("the engine is gone");

  it("drops what waits for a turn, a rate or a retry, with the same error, and sends nothing any more", async () => {
    const held = byHand<HttpOutcome>();
    const clock = new FakeClock();
    clock.sleep = () => new Promise(() => undefined);
    const pace = new Pace({ atOnce: 2, perSecond: 1 }, clock);
    const { client, sent } = on([throttled, () => held.promise], { clock, pace });
    const [retry, inFlight, rate, turn] = [1, 2, 3, 4].map(() => client.create(declaration));
    const dropped = [retry, rate, turn].map((call) => errorOf(call ?? Promise.resolve()));
    await settled();
    client.halt(reason);
    expect(await Promise.all([...dropped, errorOf(client.list())])).toEqual(Array(4).fill(reason));
    held.resolve(created);
    expect((await inFlight)?.postbackId).toBe(8801);
    expect(sent).toHaveLength(2);
  });

  it("drops what waits for permission to write", async () => {
    const permission = byHand<undefined>();
    const { client, sent } = on([created]);
    const create = errorOf(client.create(declaration, () => permission.promise));
    await settled();
    client.halt(reason);
    permission.resolve(undefined);
    expect(await create).toBe(reason);
    expect(sent).toEqual([]);
  });

  it("lets a write in flight go on, and says when no write is", async () => {
    const held = byHand<HttpOutcome>();
    const { client } = on([() => held.promise]);
    const create = client.create(declaration);
    await settled();
    client.halt(reason);
    let isSettled = false;
    const waiting = client.writesSettled().then(() => {
      isSettled = true;
    });
    await settled();
    expect(isSettled).toBe(false);
    held.resolve(created);
    await waiting;
    expect((await create).postbackId).toBe(8801);
  });

  it("does not repeat an update whose answer was lost", async () => {
    const held = byHand<HttpOutcome>();
    const { client, sent } = on([() => held.promise, created]);
    const update = errorOf(client.update(7, {}));
    await settled();
    client.halt(reason);
    held.resolve(lost);
    expect(await update).toBe(reason);
    expect(sent).toHaveLength(1);
  });
});

describe("the error of a failed call", () => {
  const outcomes = {
    unreached,
    lost,
    throttled,
    key: keyRefused,
    refused,
    missing: answer("", { status: 404 }),
  };

  it.each(Object.entries({ ...outcomes, unexpected: answer("hm"), webPage: answer("<html>") }))(
    "says what is wrong, what it means and what to do: %s",
    async (kind, outcome) => {
      for (const name of names) {
        const { client } = on([outcome], { operationTimeoutMs: 1 });
        const error = await errorOf(calls[name](client));
        expect(error).toMatchObject({ name: "CakeError", kind, endpoint: name });
        expect(error.message).toMatch(
          new RegExp(`${endpoints[name].method} ${endpoints[name].path} on cake`),
        );
        expect(error.message).toMatch(/run again|[Cc]heck |see Setup|set cake:/);
        // A command that only reads prints it, too.
        expect(error.message).not.toMatch(/refresh|destroy|--run-program|pulumi up/i);
        expect(error instanceof CakeError && error.outcomeUnknown).toBe(
          ["lost", "unexpected", "webPage"].includes(kind),
        );
      }
    },
  );

  it("keeps the HTTP status where there was an answer", async () => {
    expect(await errorOf(on([answer("", { status: 404 })]).client.list())).toMatchObject({ status: 404 });
    expect(await errorOf(on([unreached]).client.list())).toMatchObject({ status: undefined });
  });

  it("holds neither the key nor a URL, whatever CAKE or the network say", async () => {
    const inJson = JSON.stringify(KEY).slice(1, -1);
    const inQuery = new URLSearchParams({ api_key: KEY }).toString();
    const base64 = Buffer.from(`user:${KEY}`).toString("base64");
    for (const words of [KEY, inJson, inQuery, base64, `${declaration.postbackUrl} has ${KEY}`]) {
      const said = answer({ request_status: "Failure", message: `Rejected: ${words}` });
      const network = { kind: "lost", what: `failed with ${words.replace(/https?:\S+/, "")}` } as const;
      for (const outcome of [said, network]) {
        const { message } = await errorOf(on([outcome]).client.create(declaration));
        expect(message).toContain("***");
        expect(message).not.toContain("4711");
        expect(message).not.toContain("s3cr3t");
      }
    }
  });

  it("shows nothing of the URL that was sent, in whatever spelling CAKE quotes it", async () => {
    const url =
      "https://us:pa%20ss@t.example/pb?cid=#s2#&token=s3cr3t&r=https%3A%2F%2Fy.example%2F%3Fsign%3Dh1dd3n";
    const bare = url.replace("https://", "");
    const escaped = (text: string) => text.replaceAll("/", "\\u002f").replaceAll("&", "\\u0026");
    const quoted = [
      url,
      bare,
      encodeURIComponent(url),
      encodeURIComponent(bare),
      escaped(url),
      escaped(bare),
    ];
    const values = ["s3cr3t", "h1dd3n", "pa%20ss", "pa ss", "cid=#s2#&token=s3cr3t", "token%3Ds3cr3t"];
    for (const said of [...quoted, ...quoted.map((one) => one.slice(0, -3)), ...values]) {
      for (const message of [said, `Invalid "${said}" given`, JSON.stringify(said)]) {
        const { client } = on([answer({ request_status: "Failure", message })]);
        const errors = [
          await errorOf(client.create({ ...declaration, postbackUrl: url })),
          await errorOf(client.update(7, { postbackUrl: url })),
        ];
        for (const error of errors)
          expect(error.message, message).not.toMatch(/s3cr3t|h1dd3|pa.{1,3}ss|t\.example/);
      }
    }
  });

  it("has a stable code, and at most 60 words", async () => {
    for (const outcome of [...Object.values(outcomes), answer("hm"), answer("<html>"), silent, answer("")]) {
      for (const name of names) {
        const error = await errorOf(calls[name](on([outcome], { operationTimeoutMs: 1 }).client));
        expect(error).toMatchObject({ code: expect.stringMatching(/^cake-[a-z-]+$/) });
        expect(error.message.split(/\s+/).length, error.message).toBeLessThanOrEqual(60);
      }
    }
  });

  it("of a list that is missing tells the commands to paste", async () => {
    const { message } = await errorOf(on([outcomes.missing]).client.list());
    expect(message).toContain("pulumi config set cake:endpoints without-list");
    expect(message).toContain("pulumi-cake doctor --discover");
  });
});
