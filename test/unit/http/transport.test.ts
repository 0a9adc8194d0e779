import type { IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createTransport, type HttpOutcome, type TransportOptions } from "../../../provider/http/transport";
import { byHand } from "./fakeClock";
import { deadPort, far, type Served, serve, serveProxy, serveTls } from "./servers";

const KEY = "the-api-key";

// What the machine of the test says about proxies is no part of it.
beforeEach(() => {
  for (const name of ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toUpperCase(), "");
  }
  return () => vi.unstubAllEnvs();
});

interface Sending {
  readonly body?: string;
  readonly timeoutMs?: number;
  readonly path?: string;
}

function transportOf(options: Partial<TransportOptions> = {}) {
  const transport = createTransport({ connections: 4, ...options });
  return ({ url }: Pick<Served, "url">, { body, timeoutMs = 5_000, path = "/" }: Sending = {}) =>
    transport.send({
      method: body === undefined ? "GET" : "POST",
      ...{ url: new URL(path, url), body, timeoutMs },
    });
}

const send = (to: Pick<Served, "url">, sending?: Sending) => transportOf()(to, sending);

describe("an answer", () => {
  it("comes whole, with its status, type and wish to wait", async () => {
    const server = await serve((_, response) => {
      response.writeHead(429, { "content-type": "application/json", "retry-after": "7" }).end('{"a":"é"}');
    });
    expect(await send(server)).toEqual({
      kind: "answer",
      status: 429,
      contentType: "application/json",
      retryAfter: "7",
      date: expect.stringMatching(/GMT$/),
      text: '{"a":"é"}',
    });
  });

  it("is an answer also without headers and body", async () => {
    const server = await serve((_, response) => response.end());
    expect(await send(server)).toMatchObject({ status: 200, contentType: "", retryAfter: null, text: "" });
  });

  it.each([204, 400, 404, 500, 503])("with HTTP %i is not a failure of the network", async (status) => {
    const server = await serve((_, response) => response.writeHead(status).end());
    expect(await send(server)).toMatchObject({ kind: "answer", status });
  });
});

describe("a request", () => {
  it("carries its body byte for byte, as JSON", async () => {
    const got = byHand<string>();
    const server = await serve(async (request, response) => {
      got.resolve(await textOf(request));
      response.end();
    });
    const body = '{"postback_url":"https://t.example/?a=#s2#&b=é\\u0000"}';
    await send(server, { body });
    expect(await got.promise).toBe(body);
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "user-agent": expect.stringMatching(/^pulumi-cake\/\d+\.\d+\.\d+/),
      },
    });
  });

  it("without a body claims to have none", async () => {
    const server = await serve((_, response) => response.end());
    await send(server, { path: "/list?a=1" });
    expect(server.requests[0]).toMatchObject({ method: "GET", url: "/list?a=1" });
    expect(server.requests[0]?.headers["content-type"]).toBeUndefined();
  });

  it("goes over a connection that is open already", async () => {
    const server = await serve((_, response) => response.end("{}"));
    const sendTo = transportOf();
    await sendTo(server);
    await sendTo(server, { body: "{}" });
    await sendTo(server);
    expect(server.requests).toHaveLength(3);
    expect(server.connections).toBe(1);
  });

  it("waits for one of a limited number of connections", async () => {
    const arrived = byHand();
    const go = byHand();
    const server = await serve(async (_, response) => {
      if (server.requests.length === 2) arrived.resolve();
      await go.promise;
      response.end("{}");
    });
    const sendTo = transportOf({ connections: 2 });
    const outcomes = [1, 2, 3, 4, 5].map(() => sendTo(server));
    await arrived.promise;
    expect(server.connections).toBe(2);
    go.resolve();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(Array(5).fill("answer"));
    expect(server.connections).toBe(2);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("with %i is an answer and is not followed", async (status) => {
    const elsewhere = await serve((_, response) => response.end());
    const server = await serve((_, response) => {
      response.writeHead(status, { location: `${elsewhere.url.href}steal?api_key=${KEY}#part` }).end();
    });
    // Where it leads is told without what may hold the key.
    const redirectsTo = `${elsewhere.url.href}steal`;
    const first = await send(server, { path: `/?api_key=${KEY}` });
    expect(first).toMatchObject({ kind: "answer", status, redirectsTo });
    expect(await send(server, { body: `{"api_key":"${KEY}"}` })).toMatchObject({ kind: "answer", status });
    expect(server.requests).toHaveLength(2);
    expect(elsewhere.connections).toBe(0);
  });

  it("to nowhere is an answer, too", async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: "http://[" }).end());
    expect(await send(server)).toMatchObject({ kind: "answer", status: 302, redirectsTo: undefined });
  });
});

describe("a request that may have been acted on is lost", () => {
  it("when the connection is reset instead of an answer", async () => {
    const server = await serve((request) => request.socket.resetAndDestroy());
    expect(await send(server, { body: "{}" })).toEqual({
      kind: "lost",
      what: "the connection was cut (ECONNRESET)",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("when the connection is closed instead of an answer", async () => {
    const server = await serve((request) => request.socket.end());
    expect(await send(server, { body: "{}" })).toMatchObject({ kind: "lost" });
  });

  it.each([
    ["a promised length", { "content-length": "100" }],
    ["chunks", { "transfer-encoding": "chunked" }],
  ])("when the answer breaks off: %s", async (_, headers) => {
    const server = await serve((_, response) => {
      response.writeHead(200, headers);
      response.write('{"request_status":"Success"', () => response.socket?.end());
    });
    const outcome = await send(server, { body: "{}" });
    expect(outcome.kind).toBe("lost");
    expect(whatOf(outcome)).toMatch(/the answer was cut short|the connection was cut/);
  });

  it("when no answer comes in time", async () => {
    const server = await serve(() => undefined);
    expect(await send(server, { body: "{}", timeoutMs: 50 })).toEqual({
      kind: "lost",
      what: "no answer within 0.05 s",
      silent: true,
    });
  });

  it("when the answer stalls half-way", async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
    });
    expect(await send(server, { timeoutMs: 500 })).toEqual({
      kind: "lost",
      what: "no answer within 0.5 s",
    });
  });

  const TOO_MUCH = 33 * 1024 * 1024;

  it("when the answer has no end", async () => {
    const server = await serve((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(1024 * 1024)));
      };
      response.on("drain", more);
      more();
    });
    expect(await send(server)).toMatchObject({
      kind: "lost",
      what: expect.stringMatching(/larger than 33554432 bytes/),
    });
  });

  it("when the answer is small only as long as it is packed", async () => {
    const bomb = gzipSync(Buffer.alloc(TOO_MUCH));
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    expect(await send(server)).toMatchObject({ kind: "lost", what: expect.stringMatching(/larger than/) });
  });

  it("when it is no HTTP that comes back", async () => {
    const server = await serve((request) => request.socket.end("220 mail.example ESMTP\r\n"));
    expect(await send(server, { body: "{}" })).toMatchObject({ kind: "lost" });
  });
});

describe("a request that nobody can have acted on is unreached", () => {
  it("when the connection is refused", async () => {
    const url = new URL(`http://127.0.0.1:${await deadPort()}/`);
    expect(await send({ url }, { body: "{}" })).toEqual({
      kind: "unreached",
      what: "the connection was refused (ECONNREFUSED)",
    });
  });

  it("when nobody vouches for the certificate", async () => {
    const server = await serveTls((_, response) => response.end());
    expect(await send(server, { body: "{}" })).toMatchObject({
      kind: "unreached",
      what: expect.stringMatching(/the TLS certificate is self-signed/),
    });
    expect(server.connections).toBe(1);
    expect(server.requests).toEqual([]);
  });

  it("when the other end does not speak TLS", async () => {
    const server = await serve((_, response) => response.end());
    const url = new URL(`https://127.0.0.1:${server.port}/`);
    expect(await send({ url }, { body: "{}" })).toMatchObject({ kind: "unreached" });
    expect(server.requests).toEqual([]);
  });
});

describe("a proxy", () => {
  it("is used where it is set, whatever the environment says", async () => {
    const [server, proxy, other] = [
      await serve((_, r) => r.end("{}")),
      await serveProxy(),
      await serveProxy(),
    ];
    vi.stubEnv("HTTP_PROXY", other.url);
    vi.stubEnv("NO_PROXY", "127.0.0.1");
    expect(await transportOf({ proxy: proxy.url })(far(server))).toMatchObject({
      kind: "answer",
      text: "{}",
    });
    expect(proxy.tunnels).toEqual([`cake.example:${server.port}`]);
    expect(other.tunnels).toEqual([]);
  });

  it("gets its user name and password, and the server does not", async () => {
    const [server, proxy] = [await serve((_, response) => response.end("{}")), await serveProxy()];
    await transportOf({ proxy: proxy.url.replace("//", "//us%40er:pass@") })(far(server));
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from("us@er:pass").toString("base64")}`]);
    expect(server.requests[0]?.headers["proxy-authorization"]).toBeUndefined();
  });

  it("keeps its tunnel for the next request", async () => {
    const [server, proxy] = [await serve((_, response) => response.end("{}")), await serveProxy()];
    const sendTo = transportOf({ proxy: proxy.url });
    await sendTo(far(server));
    await sendTo(far(server), { body: "{}" });
    expect(proxy.tunnels).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  it.each(["HTTP_PROXY", "http_proxy", "ALL_PROXY"])("is taken from %s", async (variable) => {
    const [server, proxy] = [await serve((_, response) => response.end("{}")), await serveProxy()];
    vi.stubEnv(variable, proxy.url);
    expect(await send(far(server))).toMatchObject({ kind: "answer" });
    expect(proxy.tunnels).toEqual([`cake.example:${server.port}`]);
  });

  it("is taken from HTTPS_PROXY for https, and sees nothing of what goes through it", async () => {
    const [server, proxy] = [await serveTls((_, response) => response.end("{}")), await serveProxy()];
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    expect(await send(server)).toMatchObject({
      kind: "unreached",
      what: expect.stringMatching(/self-signed/),
    });
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
    expect(server.requests).toEqual([]);
  });

  it("is spoken to in plain HTTP where the variable names no scheme", async () => {
    const [server, proxy] = [await serveTls((_, response) => response.end("{}")), await serveProxy()];
    vi.stubEnv("HTTPS_PROXY", proxy.url.replace("http://", ""));
    await send(server);
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
  });

  it("is never used for plain HTTP to this very machine", async () => {
    const [server, proxy] = [await serve((_, response) => response.end("{}")), await serveProxy()];
    vi.stubEnv("HTTP_PROXY", proxy.url);
    expect(await transportOf({ proxy: proxy.url })(server)).toMatchObject({ kind: "answer" });
    expect(await send(server)).toMatchObject({ kind: "answer" });
    expect(proxy.tunnels).toEqual([]);
  });

  it("of a kind that cannot be used is refused, and nothing is sent past it", async () => {
    const server = await serve((_, response) => response.end("{}"));
    vi.stubEnv("ALL_PROXY", "socks5://127.0.0.1:1080");
    expect(await send(far(server))).toMatchObject({
      kind: "unreached",
      what: expect.stringContaining("not an http or https proxy"),
    });
    expect(server.connections).toBe(0);
  });

  it.each([
    ["wants a password", "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", /407/],
    ["forbids the host", "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno", /403/],
    ["cannot reach the host", "HTTP/1.1 502 Bad Gateway\r\n\r\n", /502/],
    ["hangs up", "", /proxy/],
  ])("that %s has not let the request through: unreached", async (_, refusal, what) => {
    const [server, proxy] = [await serve((_, response) => response.end("{}")), await serveProxy(refusal)];
    const outcome = await transportOf({ proxy: proxy.url })(far(server), { body: "{}" });
    expect(outcome).toMatchObject({ kind: "unreached", what: expect.stringMatching(what) });
    expect(proxy.tunnels).toHaveLength(1);
    expect(server.connections).toBe(0);
  });

  it("that is not there has not let the request through: unreached", async () => {
    const server = await serve((_, response) => response.end("{}"));
    const outcome = await transportOf({ proxy: `http://127.0.0.1:${await deadPort()}` })(far(server));
    expect(outcome).toMatchObject({ kind: "unreached" });
    expect(server.connections).toBe(0);
  });

  it("whose address is none has not let the request through: unreached", async () => {
    const server = await serve((_, response) => response.end("{}"));
    vi.stubEnv("HTTP_PROXY", "http://[");
    expect(await send(far(server), { body: "{}" })).toMatchObject({ kind: "unreached" });
    expect(server.connections).toBe(0);
  });
});

describe("the words for a failure", () => {
  it("hold neither the key nor an address", async () => {
    const path = `/?api_key=${KEY}`;
    const dead = new URL(`http://127.0.0.1:${await deadPort()}/`);
    const reset = await serve((request) => request.socket.resetAndDestroy());
    const silent = await serve(() => undefined);
    const proxy = `http://user:${KEY}@127.0.0.1:${await deadPort()}`;
    const outcomes = await Promise.all([
      send({ url: dead }, { path }),
      send(reset, { path }),
      send(silent, { path, timeoutMs: 50 }),
      transportOf({ proxy })(far(silent), { path }),
    ]);
    for (const outcome of outcomes) {
      expect(whatOf(outcome)).not.toBe("");
      expect(whatOf(outcome)).not.toContain(KEY);
      expect(whatOf(outcome)).not.toContain("127.0.0.1");
    }
  });
});

function whatOf(outcome: HttpOutcome): string {
  return outcome.kind === "answer" ? "" : outcome.what;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
