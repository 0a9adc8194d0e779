import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { tryTls } from "../../../../provider/cli/network/handshake";
import { deadPort, serve, serveTls } from "../../http/servers";

const silent = () => undefined;
const DAY_MS = 86_400_000;

/** A TCP server that does with a connection what the test says. */
async function raw(accept: (socket: Socket) => void): Promise<URL> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on("error", silent));
    accept(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

describe("a handshake", () => {
  it.each([
    ["self-signed", { days: [-1, 1] }, /self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
    ["expired", { days: [-30, -10] }, /has expired \(CERT_HAS_EXPIRED\)/],
    ["not valid yet", { days: [10, 30] }, /cannot be verified \(CERT_NOT_YET_VALID\)/],
  ] as const)(
    "shows dates and fault of a certificate that is %s, and sends nothing",
    async (_, options, untrusted) => {
      const server = await serveTls(silent, options);
      const handshake = await tryTls(server.url, 2_000);
      if (handshake.kind !== "done") throw new Error(handshake.what);
      const { validFrom, validUntil, untrusted: found } = handshake.certificate;
      expect(handshake.protocol).toMatch(/^TLSv1/);
      expect(found).toMatch(untrusted);
      const days = [validFrom, validUntil].map((date) => Math.round((date.getTime() - Date.now()) / DAY_MS));
      expect(days).toEqual(options.days);
      expect([server.connections, server.requests]).toEqual([1, []]);
    },
  );

  it("fails with a certificate whose dates nobody can read", async () => {
    const server = await serveTls(silent, { end: "991399999999Z" });
    expect(await tryTls(server.url, 2_000)).toEqual({
      ...{ kind: "failed", isNoTls: false },
      what: "the dates of the certificate cannot be read (CERT_DATES)",
    });
  });

  it("is made with the addresses that are given, once, whatever the name stands for", async () => {
    const server = await serveTls(silent, { name: "t.partner.invalid" });
    const origin = new URL(`https://t.partner.invalid:${server.port}`);
    const handshake = await tryTls(origin, 2_000, ["127.0.0.1"]);
    expect(handshake).toMatchObject({
      kind: "done",
      certificate: { untrusted: expect.stringContaining("self-signed") },
    });
    // Nobody listens on the first one.
    expect(await tryTls(origin, 2_000, ["127.99.0.1", "::1", "127.0.0.1"])).toMatchObject({ kind: "done" });
    expect(server.connections).toBe(2);
  });

  it("is not tried where there is no connection", async () => {
    const refused = await tryTls(new URL(`https://127.0.0.1:${await deadPort()}`), 2_000);
    expect(refused).toEqual({ kind: "unreached", what: "the connection was refused (ECONNREFUSED)" });
    const nameless = await tryTls(new URL("https://no-such-host.invalid"), 5_000);
    expect(nameless).toMatchObject({ kind: "unreached", what: expect.stringContaining("the host name") });
  });

  it("fails with an end that does not speak TLS", async () => {
    const { port } = await serve(silent);
    const handshake = await tryTls(new URL(`https://127.0.0.1:${port}`), 2_000);
    expect(handshake).toMatchObject({
      kind: "failed",
      what: expect.stringContaining("does not speak TLS"),
      isNoTls: true,
    });
  });

  it("fails with an end that hangs up or says nothing, within its time", async () => {
    const hungUp = await tryTls(await raw((socket) => socket.end()), 2_000);
    expect(hungUp).toMatchObject({ kind: "failed", what: expect.stringContaining("ECONNRESET") });
    const mute = await tryTls(await raw(silent), 200);
    expect(mute).toEqual({ kind: "failed", what: "no answer within 0.2 s", isNoTls: false });
  });
});
