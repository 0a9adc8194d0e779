import { describe, expect, it } from "vitest";
import { callOnce } from "../../../../provider/cli/network/call";
import { deadPort, serve, serveProxy, serveTls } from "../../http/servers";

const silent = () => undefined;

describe("one call", () => {
  it("is a GET that is answered, and no redirect is followed: the answer says where it leads", async () => {
    const elsewhere = await serve(silent);
    const server = await serve((_, response) => {
      response.writeHead(302, { Location: `${elsewhere.url.origin}/login?token=s3cr3t` }).end("moved");
    });
    expect(await callOnce(server.url, { timeoutMs: 2_000 })).toMatchObject({
      ...{ kind: "answer", status: 302, text: "moved", redirectsTo: `${elsewhere.url.origin}/login` },
    });
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
    expect(elsewhere.connections).toBe(0);
  });

  it.each([
    ["nobody listens", async () => `http://127.0.0.1:${await deadPort()}`, "unreached", "ECONNREFUSED"],
    ["nobody answers", async () => (await serve(silent)).url.href, "lost", "no answer within 0.2 s"],
    ["nobody vouches", async () => (await serveTls(silent)).url.href, "unreached", "self-signed"],
  ] as const)("tells why there is no answer where %s", async (_, address, kind, words) => {
    const outcome = await callOnce(new URL(await address()), { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind, what: expect.stringContaining(words) });
  });

  it("goes through the proxy that it is given", async () => {
    const proxy = await serveProxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const outcome = await callOnce(new URL("https://far.example"), { timeoutMs: 2_000, proxy: proxy.url });
    expect(outcome).toMatchObject({ kind: "unreached", what: expect.stringContaining("HTTP_407") });
    expect(proxy.tunnels).toEqual(["far.example:443"]);
  });
});
