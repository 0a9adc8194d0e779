import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeClock } from "../../../http/fakeClock";
import { deadPort, serve, serveProxy, serveTls } from "../../../http/servers";
import { check, checkIn, examined, notOk, startFilledCake, valuesOf } from "../support";

afterEach(() => vi.unstubAllEnvs());

const silent = () => undefined;

describe("the way to an instance", () => {
  it("is straight, and its address is known", async () => {
    const { report } = await examined((await startFilledCake()).url);
    expect(checkIn(report, "proxy")).toMatchObject({ verdict: "ok", found: "none" });
    expect(checkIn(report, "address")).toMatchObject({ verdict: "ok", found: "127.0.0.1" });
    expect(checkIn(report, "server").found).toMatch(/^answered after \d+ ms$/);
  });

  it("ends at a name that nobody knows", async () => {
    const { report, words } = await examined("https://no-such-host.invalid");
    expect([report.exitCode, notOk(report)]).toEqual([2, { address: "problem" }]);
    expect(words).toContain("Check how the domain is spelled");
  });

  it.each(["http", "https"])("ends at a port where nobody listens, in a few lines (%s)", async (scheme) => {
    const { report, words, printed } = await examined(`${scheme}://127.0.0.1:${await deadPort()}`);
    expect([report.exitCode, report.settings, printed.split("\n").length < 24]).toEqual([2, [], true]);
    expect(checkIn(report, "server").found).toBe("no connection: the connection was refused (ECONNREFUSED)");
    expect(words).toContain("Not checked because of the last finding: Allow-list, API key,");
    expect(words).not.toContain("handshake failed");
  });

  it("does not end at a server that is silent: the allow-list is looked at", async () => {
    const { url } = await serve(silent);
    const { report } = await examined(url.origin);
    expect(notOk(report)).toEqual({ server: "unknown", allowList: "problem" });
  });
});

describe("a proxy", () => {
  it("is named by its host, and never with its password", async () => {
    const [proxy, server] = [await serveProxy(), await serveTls(silent)];
    const withPassword = proxy.url.replace("//", "//user:pr0xy-pass@");
    const { report, printed } = await examined(server.url.origin, { env: { CAKE_PROXY: withPassword } });
    expect(checkIn(report, "proxy").found).toBe(`${new URL(proxy.url).host} (cake:proxy)`);
    expect(checkIn(report, "tls")).toMatchObject({
      verdict: "unknown",
      found: "not checked through a proxy",
    });
    expect(proxy.tunnels).not.toEqual([]);
    expect(printed + JSON.stringify(report)).not.toContain("pr0xy-pass");
  });

  it.each([
    ["407 Proxy Authentication Required", "needs a user and a password"],
    ["403 Forbidden", "does not let this machine through"],
  ])("that answers %s is told apart from CAKE, and gets no key", async (status, words) => {
    const proxy = await serveProxy(`HTTP/1.1 ${status}\r\n\r\n`);
    const examination = await examined("https://cake.example", { env: { CAKE_PROXY: proxy.url } });
    expect(checkIn(examination.report, "server").verdict).toBe("problem");
    expect(examination.words).toContain(words);
    expect(proxy.tunnels).toHaveLength(1);
  });

  it("from the environment is warned of, because a stack may run elsewhere", async () => {
    const [proxy, server] = [await serveProxy(), await serveTls(silent)];
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    vi.stubEnv("NO_PROXY", "");
    const found = await check(server.url.origin, "proxy");
    expect(found).toMatchObject({ verdict: "warning", advice: expect.stringContaining("cake:proxy") });
  });

  it.each(["socks5://127.0.0.1:1080", "http://"])(
    "that cannot be used ends the look: %s",
    async (address) => {
      vi.stubEnv("HTTPS_PROXY", address);
      vi.stubEnv("NO_PROXY", "");
      const { report } = await examined("https://cake.example");
      expect([report.exitCode, notOk(report)]).toEqual([2, { proxy: "problem" }]);
    },
  );
});

describe("TLS", () => {
  it("with a certificate that nobody vouches for ends the look, and no key was sent", async () => {
    const server = await serveTls(silent);
    const { report, words } = await examined(server.url.origin, { clock: today() });
    expect(checkIn(report, "tls")).toMatchObject({ verdict: "problem" });
    expect(words).toMatch(
      /TLS TLSv1\.\d, the TLS certificate is self-signed .*valid from .* \(days left: 0\)/,
    );
    expect(words).toContain("NODE_EXTRA_CA_CERTS");
    expect([report.exitCode, server.connections, server.requests]).toEqual([2, 1, []]);
  });

  it("shows that a certificate has ended", async () => {
    const server = await serveTls(silent, { days: [-30, -10] });
    const { found } = await check(server.url.origin, "tls", { clock: today() });
    expect(found).toContain("(days left: -10)");
  });

  it("whose check is turned off is not taken for trust", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const server = await serveTls((_, response) => response.end());
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const tls = await check(server.url.origin, "tls", { env });
    expect(tls).toMatchObject({ verdict: "warning", found: expect.stringContaining("self-signed") });
    expect(tls.advice).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0");
  });

  it("with something that does not speak it fails, and says so", async () => {
    const { port } = await serve(silent);
    const tls = await check(`https://127.0.0.1:${port}`, "tls");
    expect(tls).toMatchObject({
      ...{ verdict: "problem", advice: expect.stringContaining("port") },
      found: expect.stringContaining("the TLS handshake failed: the other end does not speak TLS"),
    });
  });

  it("is warned of where it is missing on the way to another machine, and has a setting then", async () => {
    const { port } = await serve((_, response) => {
      response.end(JSON.stringify({ request_status: "Success", postbacks: [] }));
    });
    // To the doctor, an address of another machine.
    const url = `http://0.0.0.0:${port}`;
    vi.stubEnv("NO_PROXY", "*");
    const { report } = await examined(url, { env: { CAKE_ALLOW_INSECURE_HTTP: "true" } });
    expect(checkIn(report, "tls")).toMatchObject({
      ...{ verdict: "warning", advice: expect.stringContaining("clear text") },
    });
    expect(valuesOf(report)).toMatchObject({ domain: url, allowInsecureHttp: "true" });
  });
});

function today(): FakeClock {
  const clock = new FakeClock();
  clock.time = Date.now() - clock.date();
  return clock;
}
