import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Behaviour, startSandbox } from "../../../../../provider/sandbox";
import { deadPort, type Served, serve, serveProxy, serveTls } from "../../../http/servers";
import { runCommand } from "../../command";
import { temporary } from "../support";

const KEY = "key-canary-hosts-4711";
const silent = () => undefined;

/** Runs `pulumi-cake inventory` in a process of its own, which no proxy of this machine reaches. */
async function run(args: readonly string[], env: Record<string, string>) {
  const own = { CAKE_API_KEY: KEY, NO_PROXY: "*", no_proxy: "*", ...env };
  const ran = await runCommand(["inventory", ...args], { env: own });
  expect(ran.stdout + ran.stderr).not.toContain("canary");
  return ran;
}

interface Partner {
  readonly host: string;
  readonly is: readonly string[];
  readonly found: RegExp;
  readonly served?: Served;
}

/** Partners of all kinds on this machine, and the file with the certificates that the command trusts. */
async function startPartners() {
  const tls = async (
    is: readonly string[],
    found: RegExp,
    days: readonly [number, number],
    name = "localhost",
  ) => {
    const served = await serveTls(silent, { name, days });
    return { cert: served.cert, host: `localhost:${served.port}`, is, found, served };
  };
  const good = await tls(["privateHost"], /^certificate valid until .*, 89 days left; its/, [-1, 90]);
  const ending = await tls(["expiringCertificate", "privateHost"], /, 4 days left;/, [-1, 5]);
  const expired = await tls(
    ["badCertificate", "privateHost"],
    /has expired \(CERT_HAS_EXPIRED\)/,
    [-30, -10],
  );
  const other = await tls(
    ["badCertificate", "privateHost"],
    /for another host \(/,
    [-1, 90],
    "other.example",
  );
  const unknown = await tls(["badCertificate", "privateHost"], /self-signed \(/, [-1, 90]);
  const plain = await serve((_, response) => response.end("OK"));
  const trusted = temporary("authorities.pem");
  writeFileSync(trusted, [good, ending, expired, other].map(({ cert }) => cert).join(""));
  const partners: Partner[] = [
    ...[good, ending, expired, other, unknown],
    { host: `127.0.0.1:${plain.port}`, is: ["noCertificate", "privateHost"], found: /does not speak TLS/ },
    { host: `127.0.0.1:${await deadPort()}`, is: ["privateHost", "unreachedHost"], found: /ECONNREFUSED/ },
    { host: "track.gone.invalid", is: ["lostHost"], found: /reserved/ },
  ];
  return { partners, env: { NODE_EXTRA_CA_CERTS: trusted } };
}

/** A port that accepts connections and says nothing. */
async function mutePort(): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => open.add(socket.on("error", silent)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A CAKE that calls these hosts, each for two postbacks of an affiliate. */
async function startCake(hosts: readonly string[], behaviour: Partial<Behaviour> = {}) {
  const sandbox = await startSandbox({ instances: { cake: { apiKey: KEY } } });
  onTestFinished(() => sandbox.close());
  const cake = sandbox.instance();
  cake.behave(behaviour);
  for (const [index, host] of hosts.entries())
    for (const offerId of [1, 2])
      cake.add({
        ...{ postbackId: 10 * (index + 1) + offerId, affiliateId: index + 1, offerId },
        postbackUrl: `https://${offerId === 1 ? host : host.toUpperCase()}/pb?cid=#s2#&payout=#price#`,
      });
  return cake;
}

describe("pulumi-cake inventory --check-hosts", { timeout: 60_000 }, () => {
  test.each([
    [
      "a list",
      {},
      [],
      {},
      [{ host: "127.0.0.1:", is: ["privateHost", "unreachedHost"], found: /no answer within 10 s/ }],
    ],
    [
      "a list elsewhere, with its rows deeper",
      { paths: { list: "/api/2/postback.json" }, listEnvelope: "response", arrayName: "pixels" },
      [],
      { CAKE_PATHS: '{"list":"/api/2/postback.json"}' },
      [],
    ],
    [
      "campaigns only",
      { list: "missing" },
      ["--source", "campaigns", "--affiliate", "1,2,3,4,5,6,7,8,9"],
      {},
      [],
    ],
  ] as const)(
    "checks partners of all kinds, each once, from a CAKE with %s",
    async (_, behaviour, args, more, mute) => {
      const { partners: answering, env } = await startPartners();
      const silentOnes = await Promise.all(
        mute.map(async (one): Promise<Partner> => ({ ...one, host: `${one.host}${await mutePort()}` })),
      );
      const partners = [...answering, ...silentOnes];
      const cake = await startCake(
        partners.map(({ host }) => host),
        behaviour,
      );
      const all = { CAKE_DOMAIN: cake.url, ...more, ...env };
      await run([...args, "--format", "json"], all);
      const callsWithout = cake.requests.length;
      cake.forgetRequests();
      const { code, stdout, stderr } = await run([...args, "--check-hosts", "--format", "json"], all);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(cake.requests).toHaveLength(callsWithout);
      const { hosts, hostsIncomplete, postbacks } = JSON.parse(stdout);
      expect(hostsIncomplete).toEqual([]);
      for (const { host, is, found, served } of partners) {
        expect(hosts).toContainEqual(
          expect.objectContaining({ host, is, found: expect.stringMatching(found), active: 2 }),
        );
        // One handshake for both postbacks, and nothing that a conversion could be.
        if (served) expect([served.connections, served.requests]).toEqual([1, []]);
      }
      expect(hosts).toHaveLength(partners.length);
      expect(postbacks).toHaveLength(2 * partners.length);
      expect(hosts.slice(0, 6).map(({ is }: Partner) => is[0])).toEqual([
        ...[
          "lostHost",
          "badCertificate",
          "badCertificate",
          "badCertificate",
          "expiringCertificate",
          "noCertificate",
        ],
      ]);
    },
  );

  test("filters by what it found, fails on it, and begins with it in every format", async () => {
    const { env, partners } = await startPartners();
    const [good, ending] = partners;
    const cake = await startCake(["track.gone.invalid", good?.host ?? "", ending?.host ?? ""]);
    const all = { ...env, CAKE_DOMAIN: cake.url };
    const check = (...args: string[]) => run(["--check-hosts", ...args], all);
    const files = ["a.csv", "a.md", "a.html", "a.json"].map(temporary);
    const [lost, ending1, none, fine, whole] = await Promise.all([
      check("--where", "is=lost-host", "--group", "host"),
      check("--where", "is=expiring-certificate", "--fail-on", "expiring-certificate"),
      check("--where", "is=no-certificate"),
      check("--where", "affiliate=2", "--fail-on", "lost-host,bad-certificate"),
      check("--fail-on", "none", ...files.flatMap((file) => ["--output", file])),
    ]);
    expect([lost, ending1, none, fine, whole].map(({ code }) => code)).toEqual([1, 1, 0, 0, 0]);
    expect(lost.stdout).toMatch(/\ntrack\.gone\.invalid +lost host +2 +2 +1 +the host name is reserved/);
    expect(ending1.stdout).not.toContain("gone");
    expect(none.stdout).toContain("No matching postbacks.");
    expect(whole.stdout.indexOf("Hosts of partners")).toBeLessThan(whole.stdout.indexOf("\nPostbacks"));
  });

  test("refuses words that need the check without it, before anything is read", async () => {
    const cake = await startCake([]);
    for (const args of [
      ["--where", "is=lost-host"],
      ["--fail-on", "rule-error,expiring-certificate"],
    ]) {
      const { code, stdout, stderr } = await run(args, { CAKE_DOMAIN: cake.url });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("Add --check-hosts. [inventory-needs-hosts]");
    }
    expect(cake.requests).toEqual([]);
  });

  test("connects to no partner past a proxy, and says so", async () => {
    const { partners, env } = await startPartners();
    const [good] = partners;
    const cake = await startCake([good?.host ?? ""]);
    const proxy = await serveProxy();
    const through = { ...env, CAKE_DOMAIN: cake.url, HTTPS_PROXY: proxy.url, NO_PROXY: "", no_proxy: "" };
    const { code, stdout } = await run(["--check-hosts"], through);
    expect(code).toBe(2);
    expect(stdout).toContain("1 host: calls go through a proxy, so TLS was not checked");
    expect([good?.served?.connections, proxy.tunnels]).toEqual([0, []]);
  });
});
