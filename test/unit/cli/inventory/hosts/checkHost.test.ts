import { describe, expect, it } from "vitest";
import { checkHost, type Network } from "../../../../../provider/cli/inventory/hosts/checkHost";
import { type Handshake, tryTls } from "../../../../../provider/cli/network/handshake";
import { openNames } from "../../../../../provider/cli/network/names";
import { deadPort, serve, serveTls } from "../../../http/servers";
import { serveDns } from "../../network/dnsServer";

const silent = () => undefined;
const NOW = new Date("2026-11-28T12:00:00Z");
const AHEAD = "2026-12-28T12:00:00Z";

/** Names by a DNS server of the test, and handshakes with servers of the test, whatever the addresses. */
async function network(zone: Parameters<typeof serveDns>[0] = {}): Promise<Network> {
  const dns = await serveDns({ "a.root-servers.net": ["198.41.0.4"], ...zone });
  return {
    resolve: openNames([dns.address]).resolve,
    shakeHands: (origin) => tryTls(origin, 300, ["127.0.0.1"]),
  };
}

/** A trusted certificate until then, of a host with these addresses. */
function trusted(until: string, addresses = ["8.8.8.8"], untrusted?: string): Network {
  const certificate = { validFrom: new Date("2026-01-01"), validUntil: new Date(until), untrusted };
  const handshake: Handshake = { kind: "done", protocol: "TLSv1.3", certificate };
  return { resolve: async () => ({ kind: "found", addresses }), shakeHands: async () => handshake };
}

const check = (url: string, on: Network, env = {}) => checkHost(new URL(url), on, env, NOW);
const PARTNER = "https://t.partner.net";

describe("the name of a host", () => {
  it.each([
    ["https://t.partner.invalid", "the host name is reserved for tests and examples"],
    [PARTNER, "the host name does not exist (ENOTFOUND)"],
    ["http://t.partner.net", "the host name does not exist (ENOTFOUND)"],
  ])("is lost where nobody has it: %s", async (url, found) => {
    expect(await check(url, await network())).toEqual({ is: ["lostHost"], found });
  });

  it("is lost where it has no address, and only unreached where DNS failed", async () => {
    const on = await network({ "t.partner.net": [], "u.partner.net": "SERVFAIL" });
    expect(await check(PARTNER, on)).toMatchObject({ is: ["lostHost"] });
    expect(await check("https://u.partner.net", on)).toMatchObject({ is: ["unreachedHost"] });
  });

  it("is not judged by a machine that sees no names at all", async () => {
    const on = await network({ "a.root-servers.net": "NXDOMAIN" });
    expect(await check(PARTNER, on)).toEqual({
      ...{ is: ["uncheckedHost"], gap: "dns", found: "this machine resolves no public names" },
    });
  });

  it("is all that is checked of a host without TLS", async () => {
    const on = await network({ "t.partner.net": ["8.8.8.8"] });
    const found = "http has no TLS, so only the name was checked";
    expect(await check("http://t.partner.net", on)).toEqual({ is: [], found });
  });

  it.each(["https://10.0.0.7", "http://t.corp.internal", "http://[fd00::1]", "https://t.partner.net"])(
    "is private where CAKE cannot reach it: %s",
    async (url) => {
      const on = await network({ "t.partner.net": ["10.0.0.1", "192.168.1.7"] });
      const { is } = await check(url, { ...on, shakeHands: trusted("2027-12-01").shakeHands });
      expect(is).toEqual(["privateHost"]);
    },
  );

  it("is public where one of its addresses is", async () => {
    expect(await check(PARTNER, trusted("2027-12-01", ["10.0.0.1", "8.8.8.8"]))).toMatchObject({ is: [] });
  });
});

describe("the certificate of a host", () => {
  it.each([
    ["2026-12-28T11:59:00Z", ["expiringCertificate"], 29, "certificate valid until 2026-12-28, 29 days left"],
    ["2026-11-28T13:00:00Z", ["expiringCertificate"], 0, "certificate valid until 2026-11-28, 0 days left"],
    ["2026-11-30T11:00:00Z", ["expiringCertificate"], 1, "certificate valid until 2026-11-30, 1 day left"],
    [AHEAD, [], 30, "certificate valid until 2026-12-28, 30 days left"],
  ])("that ends at %s is %j", async (until, is, daysLeft, found) => {
    expect(await check(PARTNER, trusted(until))).toEqual({
      ...{ is, daysLeft, found, validUntil: new Date(until) },
    });
  });

  it.each([
    ["self-signed", [-1, 1], "the TLS certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT), valid from "],
    ["expired", [-30, -10], "the TLS certificate has expired (CERT_HAS_EXPIRED), valid from "],
    ["not valid yet", [10, 30], "the TLS certificate cannot be verified (CERT_NOT_YET_VALID), valid from "],
  ] as const)("is bad where it is %s", async (_, days, found) => {
    const server = await serveTls(silent, { days });
    const on = await network({ "t.partner.net": ["8.8.8.8"] });
    const bad = await check(`${PARTNER}:${server.port}`, on);
    expect(bad).toMatchObject({ is: ["badCertificate"], found: expect.stringContaining(found) });
    expect([server.connections, server.requests]).toEqual([1, []]);
  });

  it("is bad and its host private, the more urgent first", async () => {
    const bad = await check(PARTNER, trusted(AHEAD, ["10.0.0.1"], "it is bad"));
    expect(bad).toMatchObject({ is: ["badCertificate", "privateHost"] });
    const ending = await check(PARTNER, trusted("2026-12-01", ["127.0.0.1"]));
    expect(ending.is).toEqual(["expiringCertificate", "privateHost"]);
    expect(ending.found).toBe("certificate valid until 2026-12-01, 2 days left; its addresses are private");
  });

  it("is missing where the host answers without TLS", async () => {
    const { port } = await serve((_, response) => response.end("hello"));
    const on = await network({ "t.partner.net": ["8.8.8.8"] });
    expect(await check(`${PARTNER}:${port}`, on)).toMatchObject({
      is: ["noCertificate"],
      found: expect.stringContaining("does not speak TLS"),
    });
  });

  it("is unknown where nothing answered, which proves nothing", async () => {
    const on = await network({ "t.partner.net": ["8.8.8.8"] });
    expect(await check(`${PARTNER}:${await deadPort()}`, on)).toEqual({
      is: ["unreachedHost"],
      found: "no connection: the connection was refused (ECONNREFUSED)",
    });
  });
});

describe("a proxy", () => {
  const on = trusted("2027-12-01");
  const unchecked = { is: ["uncheckedHost"], found: "TLS is not checked through a proxy", gap: "proxy" };

  it.each(["http://proxy.example:8080", "socks5://proxy.example"])(
    "leaves the certificate unchecked and the name checked: %s",
    async (HTTPS_PROXY) => {
      expect(await check(PARTNER, on, { HTTPS_PROXY })).toEqual(unchecked);
      expect(await check("https://t.invalid", await network(), { HTTPS_PROXY })).toMatchObject({
        is: ["lostHost"],
      });
    },
  );

  it("does not count for a host that is excepted from it", async () => {
    const env = { HTTPS_PROXY: "http://proxy.example:8080", NO_PROXY: ".partner.net" };
    expect(await check(PARTNER, on, env)).toMatchObject({ is: [] });
  });
});
