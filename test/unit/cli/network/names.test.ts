import { describe, expect, it, onTestFinished } from "vitest";
import { openNames } from "../../../../provider/cli/network/names";
import { serveDns } from "./dnsServer";

const CONTROL = "a.root-servers.net";
const PUBLIC = { [CONTROL]: ["198.41.0.4"] };
const V6 = "2606:4700:0:0:0:0:0:1111";

async function namesIn(zone: Parameters<typeof serveDns>[0]) {
  const server = await serveDns(zone);
  const names = openNames([server.address]);
  onTestFinished(() => names.close());
  return { server, names };
}

describe("a name that DNS is asked for", () => {
  it.each([
    [["8.8.8.8"], { kind: "found", addresses: ["8.8.8.8"] }],
    [["8.8.8.8", V6], { kind: "found", addresses: ["8.8.8.8", "2606:4700::1111"] }],
    [[V6], { kind: "found", addresses: ["2606:4700::1111"] }],
    [[], { kind: "missing", what: "the host name has no address (ENODATA)" }],
    ["NXDOMAIN", { kind: "missing", what: "the host name does not exist (ENOTFOUND)" }],
    ["SERVFAIL", { kind: "unanswered", what: "DNS did not answer (ESERVFAIL)" }],
  ] as const)("that answers %j is %j", async (answer, resolution) => {
    const { names } = await namesIn({ ...PUBLIC, "t.partner.net": answer });
    expect(await names.resolve("t.partner.net")).toEqual(resolution);
  });

  it("has its addresses bounded, however many there are", async () => {
    const many = Array.from({ length: 20 }, (_, index) => `8.8.8.${index}`);
    const { names } = await namesIn({ ...PUBLIC, "t.partner.net": many });
    const found = await names.resolve("t.partner.net");
    expect(found.kind === "found" && found.addresses.length).toBe(8);
  });

  it("is asked for once, and one control for all", async () => {
    const { names, server } = await namesIn({ ...PUBLIC, "t.partner.net": ["8.8.8.8"] });
    await Promise.all(["t.partner.net", "t.partner.net", "u.partner.net"].map((name) => names.resolve(name)));
    await names.resolve("t.partner.net");
    const both = (name: string) => [`A ${name}`, `AAAA ${name}`];
    expect(server.questions.toSorted()).toEqual(
      [...both(CONTROL), ...both("t.partner.net"), ...both("u.partner.net")].toSorted(),
    );
  });
});

describe("a machine that sees no public names", () => {
  it("calls no name lost, but believes the addresses that it gets", async () => {
    const { names } = await namesIn({ "t.partner.net": ["8.8.8.8"] });
    expect(await names.resolve("gone.partner.net")).toEqual({
      kind: "blind",
      what: "this machine resolves no public names",
    });
    expect(await names.resolve("t.partner.net")).toMatchObject({ kind: "found" });
  });

  it("asks a dead resolver once, whatever the number of names", { timeout: 20_000 }, async () => {
    const { names, server } = await namesIn({ [CONTROL]: "silence", "t.partner.net": ["8.8.8.8"] });
    const all = ["t.partner.net", "u.partner.net", "v.partner.net"].map((name) => names.resolve(name));
    expect(new Set((await Promise.all(all)).map(({ kind }) => kind))).toEqual(new Set(["blind"]));
    expect(new Set(server.questions)).toEqual(new Set([`A ${CONTROL}`, `AAAA ${CONTROL}`]));
  });
});

describe("a name that is decided without DNS", () => {
  it.each([
    ["127.0.0.1", { kind: "found", addresses: ["127.0.0.1"] }],
    ["[::1]", { kind: "found", addresses: ["::1"] }],
    ["localhost", { kind: "found", addresses: ["127.0.0.1", "::1"] }],
    ["a.localhost", { kind: "found", addresses: ["127.0.0.1", "::1"] }],
    ["t.partner.invalid", { kind: "missing" }],
    ["t.partner.example", { kind: "missing" }],
    ["example", { kind: "missing" }],
    ["t.partner.test", { kind: "missing" }],
    ["t.partner.onion", { kind: "missing" }],
    ["printer.local", { kind: "local" }],
    ["t.corp.internal", { kind: "local" }],
    ["tracker", { kind: "local" }],
  ])("is: %s", async (name, resolution) => {
    const { names, server } = await namesIn(PUBLIC);
    expect(await names.resolve(name)).toMatchObject(resolution);
    expect(server.questions).toEqual([]);
  });

  it("is none of those that only look so", async () => {
    const { names, server } = await namesIn({ ...PUBLIC, "example.com": ["8.8.8.8"] });
    expect(await names.resolve("example.com")).toMatchObject({ kind: "found" });
    expect(await names.resolve("myexample.net")).toMatchObject({ kind: "missing" });
    expect(server.questions).toContain("A myexample.net");
  });
});
