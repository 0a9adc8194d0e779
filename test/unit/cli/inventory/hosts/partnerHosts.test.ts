import { describe, expect, it } from "vitest";
import { usualFailures } from "../../../../../provider/cli/inventory/conditions";
import { exitCodeOf } from "../../../../../provider/cli/inventory/exitCode";
import type { HostCheck } from "../../../../../provider/cli/inventory/hosts/checkHost";
import { inventoryHtml } from "../../../../../provider/cli/inventory/html";
import { Page } from "../page";
import {
  conditions,
  csvLines,
  ENCRYPTED,
  formats,
  inventory,
  inventoryWithHosts,
  plaintext,
  row,
  URL,
} from "../support";

const LOST: HostCheck = { is: ["lostHost"], found: "the host name does not exist" };
const ENDING: HostCheck = {
  is: ["expiringCertificate"],
  found: "certificate valid until 2026-12-01, 8 days left",
  ...{ validUntil: new Date("2026-12-01T00:00:00Z"), daysLeft: 8 },
};
const at = (host: string, scheme = "https") =>
  URL.replace("https://track.partner.example", `${scheme}://${host}`);
const FOUND = {
  "https://lost.net": LOST,
  "https://ending.net": ENDING,
  "https://down.net": { is: ["unreachedHost"], found: "no connection" },
} as const;
const rows = [
  row(1, { url: at("fine.net") }),
  row(2, { url: at("down.net") }),
  row(3, { url: at("ending.net"), affiliateId: 20 }),
  row(4, { url: at("ending.net"), affiliateId: 9 }),
  row(5, { url: at("lost.net") }),
  row(6, { url: at("lost.net"), status: "inactive" }),
];

describe("the hosts of a report", () => {
  it("are each checked once, whatever their spelling, in live and in managed postbacks", async () => {
    const asked: string[] = [];
    const spellings = ["t.net", "T.NET.", "t.net:443", "u:p@t.net", "t.net:8443"];
    const report = await inventoryWithHosts(
      {
        rows: [
          ...spellings.map((host, index) => row(index + 1, { url: at(host) })),
          row(6, { url: at("t.net", "http") }),
        ],
        managed: [{ id: 99, outputs: { postbackUrl: at("only.in.state.net") } }],
      },
      {},
      asked,
    );
    expect(asked).toEqual([
      ...["https://t.net", "https://t.net:8443", "http://t.net", "https://only.in.state.net"],
    ]);
    expect(report.hosts?.map(({ host, scheme, ids }) => [host, scheme, ids])).toEqual([
      ["t.net", "https", [1, 2, 3, 4]],
      ["t.net:8443", "https", [5]],
      ["t.net", "http", [6]],
      ["only.in.state.net", "https", [99]],
    ]);
  });

  it("come with the most urgent first, and say whom they concern", async () => {
    const { hosts } = await inventoryWithHosts({ rows }, FOUND);
    expect(hosts).toEqual([
      {
        ...{ host: "lost.net", scheme: "https", is: ["lostHost"], found: LOST.found },
        ...{ validUntil: null, daysLeft: null, ids: [5, 6], active: 1, affiliates: [1] },
      },
      {
        ...{ host: "ending.net", scheme: "https", is: ["expiringCertificate"], found: ENDING.found },
        ...{
          validUntil: "2026-12-01T00:00:00.000Z",
          daysLeft: 8,
          ids: [3, 4],
          active: 2,
          affiliates: [9, 20],
        },
      },
      expect.objectContaining({ host: "down.net", is: ["unreachedHost"] }),
      expect.objectContaining({ host: "fine.net", is: [] }),
    ]);
  });

  it("are null where they were not checked", () => {
    expect(inventory({ rows })).toMatchObject({ hosts: null, hostsIncomplete: [] });
  });

  it("are not those of postbacks that a filter drops", async () => {
    const asked: string[] = [];
    const { hosts } = await inventoryWithHosts({ rows, where: ["affiliate=20"] }, FOUND, asked);
    expect(asked).toEqual(["https://ending.net"]);
    expect(hosts?.map(({ ids }) => ids)).toEqual([[3]]);
  });

  it("are checked before a filter that asks for them, and only those that the other filters keep", async () => {
    const asked: string[] = [];
    const where = ["is=lost-host,expiring-certificate", "affiliate=1,9"];
    const report = await inventoryWithHosts({ rows, where }, FOUND, asked);
    expect(asked).toEqual(["https://fine.net", "https://down.net", "https://ending.net", "https://lost.net"]);
    expect(report.postbacks.map(({ id }) => id)).toEqual([4, 5]);
    expect(report.hosts?.map(({ host }) => host)).toEqual(["lost.net", "ending.net"]);
  });

  it("cannot be checked where a macro decides them or they cannot exist, and are shown in bounds", async () => {
    const asked: string[] = [];
    const urls = ["https://#s1#.net/", "ftp://t.net/", `https://${"a".repeat(5_000)}.net/`, "no url"];
    const report = await inventoryWithHosts(
      { rows: urls.map((url, index) => row(index, { url })) },
      {},
      asked,
    );
    expect(asked).toEqual([]);
    expect(report.hosts?.map(({ host, scheme, is }) => [host?.length, scheme, is])).toEqual(
      [8, 5, 260, 6].map((length) => [length, null, ["uncheckedHost"]]),
    );
    // Nobody could check them elsewhere either.
    expect(exitCodeOf(report, [])).toBe(0);
  });

  it("are found among 10,000 postbacks with 3,000 hosts", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      row(index + 1, { url: at(`t${index % 3_000}.net`) }),
    );
    const asked: string[] = [];
    const report = await inventoryWithHosts({ rows: many }, { "https://t7.net": LOST }, asked);
    expect(new Set(asked).size).toBe(3_000);
    expect(asked).toHaveLength(3_000);
    expect(report.hosts?.[0]).toMatchObject({ host: "t7.net", ids: [8, 3_008, 6_008, 9_008] });
  });
});

describe("the host of a secret URL", () => {
  const managed = [{ id: 7, outputs: { postbackUrl: plaintext(at("hidden.net")) } }];

  it("is checked, and named in no format", async () => {
    const asked: string[] = [];
    const given = { rows: [row(7, { url: at("hidden.net") })], managed };
    const report = await inventoryWithHosts(given, { "https://hidden.net": LOST }, asked);
    expect(asked).toEqual(["https://hidden.net"]);
    expect(report.hosts).toMatchObject([{ host: null, is: ["lostHost"], ids: [7] }]);
    for (const [format, text] of Object.entries(formats(report))) {
      expect(text, format).not.toContain("hidden.net");
      if (format !== "json" && format !== "csv") expect(text, format).toMatch(/a secret host \\?\(ID 7\\?\)/);
    }
  });

  it("has a row of its own beside a postback that shows the same host", async () => {
    const given = { rows: [row(7, { url: at("hidden.net") }), row(8, { url: at("hidden.net") })], managed };
    const { hosts } = await inventoryWithHosts(given, { "https://hidden.net": LOST });
    expect(hosts?.map(({ host, ids }) => [host, ids])).toEqual([
      [null, [7]],
      ["hidden.net", [8]],
    ]);
  });

  it("is unchecked where nobody shows the URL", async () => {
    const only = [{ id: 7, outputs: { postbackUrl: ENCRYPTED } }];
    const report = await inventoryWithHosts({ rows: [], managed: only });
    expect(report.postbacks).toMatchObject([{ hostCheck: "the URL is unknown" }]);
    expect(report.hosts).toEqual([]);
  });

  it("stays masked where a URL without its ? holds a secret in its host", async () => {
    const { hosts } = await inventoryWithHosts({ rows: [row(7, { url: "https://t.net&token=s3cr3t" })] });
    expect(JSON.stringify(hosts)).not.toContain("s3cr3t");
  });
});

describe("a postback", () => {
  it("has what was found of its host, unless CAKE does not call it", async () => {
    const report = await inventoryWithHosts({ rows }, FOUND);
    expect(conditions(report)).toEqual([
      "unmanaged",
      "unmanaged unreachedHost",
      "expiringCertificate unmanaged",
      "expiringCertificate unmanaged",
      "lostHost unmanaged",
      "unmanaged inactive",
    ]);
    expect(report.postbacks[5]?.hostCheck).toBe(LOST.found);
    expect(report.totals).toMatchObject({ lostHost: 1, expiringCertificate: 2 });
  });

  it("fails a run by default where its host is lost, and on demand where its certificate ends", async () => {
    const report = await inventoryWithHosts({ rows }, FOUND);
    expect(exitCodeOf(report, usualFailures(false))).toBe(1);
    const ending = await inventoryWithHosts({ rows, where: ["affiliate=20"] }, FOUND);
    expect(exitCodeOf(ending, usualFailures(false))).toBe(0);
    expect(exitCodeOf(ending, ["expiringCertificate"])).toBe(1);
  });

  it("leaves a run unjudged where another machine could have checked its host", async () => {
    const gap = { is: ["uncheckedHost"], found: "not seen", gap: "dns" } as const;
    const report = await inventoryWithHosts({ rows }, { ...FOUND, "https://fine.net": gap });
    expect(exitCodeOf(report, usualFailures(false))).toBe(2);
    for (const [format, text] of Object.entries(formats(report)))
      if (format !== "csv") expect(text, format).toContain("this machine resolves no public names");
  });
});

describe("every format", () => {
  it("begins with hosts that are lost or end soon", async () => {
    const report = await inventoryWithHosts({ rows }, FOUND);
    const { pretty, markdown, html, json } = formats(report);
    for (const text of [pretty, markdown, html.slice(0, html.indexOf('id="data"'))]) {
      const places = ["Hosts of partners", "lost.net", "ending.net", "down.net"];
      const found = places.map((place) => text.indexOf(place, text.indexOf("Hosts of partners")));
      expect(found).toEqual(found.toSorted((one, other) => one - other));
      expect(found[0]).toBeGreaterThan(0);
    }
    expect(pretty).toMatch(/\nlost\.net +lost host +2 +1 +1 +the host name does not exist\n/);
    expect(pretty.indexOf("lost.net")).toBeLessThan(pretty.indexOf("Postbacks that need attention"));
    expect(html.indexOf("lost.net")).toBeLessThan(html.indexOf('id="postbacks"'));
    const fields = Object.keys(JSON.parse(json));
    expect(fields.indexOf("hosts")).toBeLessThan(fields.indexOf("postbacks"));
    expect(csvLines(report).map(({ postback_id, is, host_check }) => [postback_id, is, host_check])).toEqual([
      ["5", "lost-host unmanaged", LOST.found],
      ["3", "expiring-certificate unmanaged", ENDING.found],
      ["4", "expiring-certificate unmanaged", ENDING.found],
      ["2", "unmanaged unreached-host", "no connection"],
      ["6", "unmanaged inactive", LOST.found],
      ["1", "unmanaged", "fine"],
    ]);
  });

  it("shows every host of a filtered report, and says so where nothing is wrong", async () => {
    const filtered = await inventoryWithHosts({ rows, where: ["host=fine.net"] }, FOUND);
    expect(formats(filtered).pretty).toMatch(/\nfine\.net +ok +1 +1 +1 +fine\n/);
    const fine = await inventoryWithHosts({ rows: [row(1, { url: at("fine.net") })] });
    expect(formats(fine).pretty).toContain("\nHosts of partners: 0 with findings, 1 ok\n");
    expect(Object.values(formats(inventory({ rows }))).join()).not.toMatch(/Hosts of partners|lost host/);
  });

  it("counts hosts by what was found of them", async () => {
    const { pretty } = formats(await inventoryWithHosts({ rows }, FOUND), "host");
    expect(pretty).toMatch(/\nhost +live +lost host +expiring certificate +unreached host +inactive\n/);
    expect(pretty).toMatch(/\nlost\.net +2 +1 +0 +0 +1\n/);
  });

  it("offers the conditions of hosts on the page only where hosts were checked", async () => {
    const page = new Page(inventoryHtml(await inventoryWithHosts({ rows }, FOUND)));
    expect(page.text("controls")).toContain("lost host");
    expect(new Page(inventoryHtml(inventory({ rows }))).text("controls")).not.toContain("host");
    page.press("table", "5");
    expect(page.text("table")).toContain(`Host check${LOST.found}`);
  });

  it("holds no more hosts than people scroll through", async () => {
    const many = Array.from({ length: 300 }, (_, index) => row(index + 1, { url: at(`t${index}.net`) }));
    const found = Object.fromEntries(many.map((_, index) => [`https://t${index}.net`, LOST]));
    const { html, markdown, pretty } = formats(await inventoryWithHosts({ rows: many }, found));
    for (const text of [html, markdown]) expect(text).toContain("… and 100 more hosts");
    expect(pretty.split("\n").length).toBeLessThan(110);
  });
});

describe("--since", () => {
  it("compares reports with and without checked hosts", async () => {
    const [plain, checked] = [inventory({ rows }), await inventoryWithHosts({ rows }, FOUND)];
    const changes = { added: [], gone: [], changed: [] };
    expect(inventory({ rows, since: checked }).since).toMatchObject(changes);
    expect((await inventoryWithHosts({ rows, since: plain }, FOUND)).since).toMatchObject(changes);
  });
});
