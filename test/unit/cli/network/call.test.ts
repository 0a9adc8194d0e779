import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Call, callOnce } from "../../../../provider/cli/network/call";
import { userAgent } from "../../../../provider/manifest";
import { deadPort, serve, serveProxy, serveTls } from "../../http/servers";

const call = (url: string | URL, options: Partial<Call> = {}) => {
  const { pathname, search } = new URL(url);
  return callOnce({
    ...{ origin: new URL(url), target: pathname + search, timeoutMs: 5_000, allowPrivate: true },
    ...options,
  });
};
const textOf = (outcome: Awaited<ReturnType<typeof callOnce>>) =>
  outcome.kind === "answer" ? outcome.body.toString() : outcome.kind;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("one call", () => {
  it("sends the target byte for byte, as pulumi-cake, with neither cookies nor a key", async () => {
    const partner = await serve((_, response) => response.end("OK"));
    const target = "/a/../b?x=%23s2%23&y=|\"'<>;z=~";
    const outcome = await call(partner.url, { target });
    expect(outcome).toMatchObject({ kind: "answer", status: 200, isComplete: true });
    const [request] = partner.requests;
    expect([request?.method, request?.url]).toEqual(["GET", target]);
    const host = `127.0.0.1:${partner.port}`;
    const headers = { accept: "*/*", connection: "close", host, "user-agent": userAgent() };
    expect(request?.headers).toEqual(headers);
    expect(partner.connections).toBe(1);
  });

  it("sends the user of the URL as clients do", async () => {
    const partner = await serve((_, response) => response.end());
    await call(`http://us%C3%A9r:p%zz@127.0.0.1:${partner.port}/`);
    const sent = `Basic ${Buffer.from("usér:p%zz").toString("base64")}`;
    expect(partner.requests[0]?.headers.authorization).toBe(sent);
  });

  it("follows no redirect, and says only its origin and path", async () => {
    const target = await serve((_, response) => response.end());
    const location = `${target.url}login?next=%2Fpb&token=4f1c9ad07b#x`;
    const partner = await serve((_, response) => response.writeHead(302, { location }).end());
    expect(await call(partner.url)).toMatchObject({ status: 302, redirectsTo: `${target.url}login` });
    expect([partner.connections, target.connections]).toEqual([1, 0]);
  });

  it("reads the beginning of an endless body, and hangs up", async () => {
    let isClosed = false;
    const partner = await serve((request, response) => {
      request.socket.once("close", () => {
        isClosed = true;
      });
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(16_384)));
      };
      response.on("drain", more);
      more();
    });
    const outcome = await call(partner.url);
    expect(outcome).toMatchObject({ kind: "answer", isComplete: false });
    expect(textOf(outcome)).toHaveLength(65_536);
    await expect.poll(() => isClosed).toBe(true);
  });

  it.each(["gzip", "GZIP"])(
    "reads an answer that was compressed unasked, and of a bomb only the beginning: %s",
    async (encoding) => {
      const small = await serve((_, response) =>
        response.writeHead(200, { "content-encoding": encoding }).end(gzipSync("success=false;")),
      );
      expect(textOf(await call(small.url))).toBe("success=false;");
      const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
      const large = await serve((_, response) =>
        response.writeHead(200, { "content-encoding": encoding }).end(bomb),
      );
      const before = process.memoryUsage().rss;
      expect(textOf(await call(large.url))).toHaveLength(65_536);
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    },
  );

  it("keeps the status of an answer whose body is broken", async () => {
    const partner = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"),
    );
    expect(await call(partner.url)).toMatchObject({ kind: "answer", status: 200, isComplete: false });
  });

  it("waits no longer than it may, for an answer or for its end", async () => {
    const silent = await serve(() => {});
    const outcome = await call(silent.url, { timeoutMs: 200 });
    expect(outcome).toEqual({ kind: "lost", what: "no answer within 0.2 s" });
    const slow = await serve((_, response) => response.writeHead(200).write("success=true;"));
    expect(await call(slow.url, { timeoutMs: 300 })).toMatchObject({ status: 200, isComplete: false });
  });

  it("is lost if the answer is cut, is not HTTP, or has endless headers", async () => {
    const cut = await serve((request) => request.socket.destroy());
    expect(await call(cut.url)).toMatchObject({ kind: "lost", what: /cut|ECONNRESET/ });
    const long = await serve((_, response) => response.writeHead(200, { x: "y".repeat(100_000) }).end());
    const headers = { kind: "lost", what: "the headers of the answer are too long (HPE_HEADER_OVERFLOW)" };
    expect(await call(long.url)).toEqual(headers);
    const other = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")).listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const noHttp = { kind: "lost", what: expect.stringMatching(/^the answer is not HTTP \(HPE_/) };
    expect(await call(`http://127.0.0.1:${port}/`)).toEqual(noHttp);
  });

  it("is unreached where nobody listens, or nobody has the name", async () => {
    const refused = { kind: "unreached", what: "the connection was refused (ECONNREFUSED)" };
    expect(await call(`http://127.0.0.1:${await deadPort()}/`)).toEqual(refused);
    expect(await call("https://no-such-host.invalid/", { allowPrivate: false })).toMatchObject({
      kind: "unreached",
    });
  });

  it("goes past a proxy, which would resolve the name again", async () => {
    const proxy = await serveProxy();
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"]) vi.stubEnv(name, proxy.url);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const partner = await serve((_, response) => response.end("OK"));
    expect(textOf(await call(partner.url))).toBe("OK");
    expect(proxy.tunnels).toEqual([]);
  });
});

describe("TLS", () => {
  it.each([
    ["self-signed", {}, /self-signed|issuer|cannot be verified/],
    ["expired", { days: [-9, -2] as const }, /self-signed|expired/],
    ["for another host", { name: "other.example" }, /self-signed|another host/],
  ])("is verified, whatever the environment says: %s", async (_, options, says) => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const partner = await serveTls((_, response) => response.end("OK"), options);
    expect(await call(partner.url)).toEqual({ kind: "untrusted", what: expect.stringMatching(says) });
    expect(partner.requests).toEqual([]);
  });

  it("is missing where a server speaks plain HTTP", async () => {
    const partner = await serve((_, response) => response.end("OK"));
    expect(await call(`https://127.0.0.1:${partner.port}/`)).toMatchObject({ kind: "untrusted" });
  });
});

describe("an address on this machine", () => {
  it.each([
    ...["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "2130706433", "0177.0.0.1", "0x7f.1"],
    ...["127.1", "0.0.0.0", "localhost", "LOCALHOST", "169.254.169.254", "10.0.0.1", "[fd00::1]"],
  ])("is not called without permission: %s", async (host) => {
    const partner = await serve((_, response) => response.end("OK"));
    const outcome = await call(`http://${host}:${partner.port}/pb`, { allowPrivate: false });
    expect(outcome).toEqual({ kind: "private", address: expect.any(String) });
    expect(partner.connections).toBe(0);
  });

  it("is called if it may be, once, also by a name", async () => {
    const partner = await serve((_, response) => response.end("OK"));
    expect(textOf(await call(`http://localhost:${partner.port}/pb`))).toBe("OK");
    expect([partner.connections, partner.requests.length]).toEqual([1, 1]);
  });
});
