import { describe, expect, test } from "vitest";
import type { LiveRow } from "../../../../provider/cli/input/live/source";
import {
  conditions,
  ENCRYPTED,
  FLAW,
  inventory,
  only,
  plaintext,
  row,
  sourceOf,
  stackOf,
  URL,
} from "./support";

const ELSEWHERE = "eu.example.com";

describe("a postback is", () => {
  test("managed where a stack has its id, and unmanaged where none has", () => {
    const report = inventory({ rows: [row(7), row(8)], managed: [{ id: 7, name: "acme" }] });
    expect(conditions(report)).toEqual(["managed", "unmanaged"]);
    expect(report.postbacks.map(({ managedBy }) => managedBy)).toEqual([
      [{ stack: "network/prod", name: "acme" }],
      [],
    ]);
  });

  test("missing where a whole listing lacks it, and is told from the state", () => {
    const report = inventory({ rows: [row(7)], managed: [{ id: 7 }, { id: 8 }] });
    expect(conditions(report)).toEqual(["managed", "missing"]);
    expect(report.postbacks[1]).toMatchObject({ affiliateId: 1, offerId: 8, url: URL, isLive: false });
    expect(report.totals).toMatchObject({ live: 1, managed: 1, missing: 1, coverage: 100 });
  });

  test("called missing on no listing that may lack records, and counts as live on none", () => {
    const report = inventory({
      rows: [row(7)],
      source: { incomplete: [FLAW] },
      managed: [{ id: 7 }, { id: 8 }],
    });
    expect(conditions(report)).toEqual(["managed", "notSeen"]);
    expect(report.totals).toMatchObject({ live: 1, managed: 1, missing: 0, notSeen: 1 });
    expect(report.isComplete).toBe(false);
  });

  test("listed by its instance, then by its number", () => {
    const report = inventory({
      sources: [sourceOf([row(10), row(9)]), sourceOf([row(3)], { instance: ELSEWHERE })],
    });
    expect(report.postbacks.map(({ instance, id }) => `${instance} ${id}`)).toEqual([
      ...["cake.example.com 9", "cake.example.com 10"],
      `${ELSEWHERE} 3`,
    ]);
  });
});

describe("a state counts where it lives", () => {
  test("and not on another instance with the same id", () => {
    const report = inventory({
      rows: [row(7)],
      managed: [
        { id: 7, outputs: { domain: ELSEWHERE } },
        { id: 8, outputs: { domain: undefined } },
      ],
    });
    expect(conditions(report)).toEqual(["unmanaged"]);
    expect(report.stacks).toMatchObject([{ stack: "network/prod", postbacks: 2, elsewhere: 2 }]);
  });

  test("which may be a host under which the instance was known before", () => {
    const report = inventory({
      rows: [row(7)],
      source: { hosts: ["cake.example.com", "old.example.com"] },
      managed: [{ id: 7, outputs: { domain: "old.example.com" } }],
    });
    expect(conditions(report)).toEqual(["managed"]);
    expect(report.stacks).toMatchObject([{ elsewhere: 0 }]);
  });

  test.each([
    ["is to be deleted", { delete: true }],
    ["was switched off for its replacement", { pendingReplacement: true }],
    ["is only read", { external: true }],
    ["never got an id", { id: undefined }],
    ["is something else", { type: "random:index/pet:Pet" }],
  ])("unless the resource %s", (_, flags) => {
    const report = inventory({ rows: [row(7)], managed: [{ id: 7, flags }] });
    expect(conditions(report)).toEqual(["unmanaged"]);
    expect(report.stacks).toMatchObject([{ postbacks: 0 }]);
  });

  test.each([
    ["two resources of one stack", [stackOf([{ id: 7 }, { id: 7, name: "again" }])]],
    ["two stacks", [stackOf([{ id: 7 }]), stackOf([{ id: 7 }], "network/dev")]],
  ])("and is claimed twice by %s", (_, stacks) => {
    const report = inventory({ rows: [row(7)], stacks });
    expect(conditions(report)).toEqual(["managedTwice managed"]);
    expect(only(report).managedBy).toHaveLength(2);
    expect(report.totals).toMatchObject({ managed: 1, managedTwice: 1 });
  });
});

describe("a postback has drifted where CAKE differs from the state in", () => {
  const driftOf = (live: Partial<LiveRow>, outputs: Record<string, unknown>) =>
    only(inventory({ rows: [row(7, live)], managed: [{ id: 7, outputs }] })).drift;
  const moved = "https://new.partner.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";

  test.each([
    ["a parameter", { url: URL.replace("#s2#", "#s3#") }, "parameter", "cid", "#s2#", "#s3#"],
    ["a parameter that is new", { url: `${URL}&sub=#s1#` }, "parameter", "sub", null, "#s1#"],
    [
      "a parameter that is gone",
      { url: URL.replace("&txid=#leadid#", "") },
      "parameter",
      "txid",
      "#leadid#",
      null,
    ],
    ["the host", { url: moved }, "host", null, "track.partner.example", "new.partner.example"],
    ["the status", { status: "inactive" }, "status", null, "active", "inactive"],
    ["the affiliate", { affiliateId: 2 }, "affiliate", null, "1", "2"],
    ["the offer", { offerId: 0 }, "offer", null, "7", "0"],
  ])("%s", (_, live, part, name, from, to) => {
    const report = inventory({ rows: [row(7, live)], managed: [{ id: 7 }] });
    expect(only(report).is).toContain("drifted");
    expect(only(report).drift).toEqual([{ part, name, from, to }]);
  });

  test("several parts at once, each told for itself", () => {
    expect(driftOf({ url: moved, status: "inactive" }, {}).map(({ part }) => part)).toEqual([
      "status",
      "host",
    ]);
  });

  test("the type, as far as CAKE's name for it is known", () => {
    expect(driftOf({}, { postbackTypeId: 3 })).toMatchObject([{ part: "type", from: "3", to: "1" }]);
    expect(driftOf({ type: "Pixel 2.0" }, { postbackTypeId: 3 })).toEqual([]);
  });

  test("nothing where CAKE answers the URL in the spelling that it is known to answer", () => {
    const answered = URL.replace("https", "HTTPS");
    expect(driftOf({ url: answered }, { __echo: "of-another-answer" })).toMatchObject([{ part: "scheme" }]);
    const record = only(inventory({ rows: [row(7, { url: answered })] }));
    expect(driftOf({ url: answered }, { __echo: record.fingerprint })).toEqual([]);
    expect(driftOf({ url: `${answered}&x=1` }, { __echo: record.fingerprint })).not.toEqual([]);
  });

  test("a secret that somebody overwrote with its mask", () => {
    const found = driftOf({ url: `${URL}&token=***` }, { postbackUrl: `${URL}&token=s3cr3t` });
    expect(found).toEqual([{ part: "parameter", name: "token", from: "***", to: "***" }]);
  });

  test("nothing where CAKE writes the status in another case", () => {
    expect(driftOf({ status: "Active" }, {})).toEqual([]);
  });

  test("nothing that the source does not tell", () => {
    const untold = { affiliateId: null, offerId: null, status: null, type: null };
    expect(driftOf(untold, {})).toEqual([]);
  });

  test("the second of two states, where the first agrees", () => {
    const stacks = [stackOf([{ id: 7 }]), stackOf([{ id: 7, outputs: { offerId: 9 } }], "network/dev")];
    const report = inventory({ rows: [row(7)], stacks });
    expect(conditions(report)).toEqual(["managedTwice drifted managed"]);
  });
});

describe("a URL that a program keeps secret", () => {
  const secret = `${URL}&key=s3cr3t-1`;
  const live = row(7, { url: `${URL}&key=s3cr3t-2` });
  const managed = (postbackUrl: unknown) => [{ id: 7, outputs: { postbackUrl } }];
  const shownBy = (report: object) =>
    JSON.stringify(report, (name, value) => (name === "fingerprint" ? "" : value));

  test("is not compared where the export holds it encrypted, and the rest is", () => {
    const report = inventory({ rows: [{ ...live, status: "inactive" }], managed: managed(ENCRYPTED) });
    expect(conditions(report)).toEqual(["drifted notCompared inactive managed"]);
    expect(only(report).drift).toEqual([{ part: "status", name: null, from: "active", to: "inactive" }]);
    expect(only(report)).toMatchObject({ url: null, host: null, tracker: null, shape: null });
  });

  test("is compared where the export was told to show it, and is shown all the same nowhere", () => {
    const same = inventory({ rows: [live], managed: managed(plaintext(live.url)) });
    expect(conditions(same)).toEqual(["managed"]);
    const differs = inventory({ rows: [live], managed: managed(plaintext(secret)) });
    expect(conditions(differs)).toEqual(["drifted managed"]);
    expect(only(differs).drift).toEqual([{ part: "secret URL", name: null, from: null, to: null }]);
    for (const report of [same, differs]) expect(shownBy(report)).not.toMatch(/s3cr3t|track\.partner/);
  });

  test("is shown nowhere where one of two programs keeps it", () => {
    const stacks = [
      stackOf([{ id: 7, outputs: { postbackUrl: secret } }]),
      stackOf(managed(ENCRYPTED), "network/dev"),
    ];
    const report = inventory({ rows: [live], stacks });
    expect(only(report).drift).toEqual([{ part: "secret URL", name: null, from: null, to: null }]);
    expect(shownBy(report)).not.toMatch(/s3cr3t|track\.partner/);
  });

  test("is shown nowhere where only the inputs say so", () => {
    const resource = { id: 7, inputs: { postbackUrl: ENCRYPTED }, outputs: { postbackUrl: secret } };
    expect(shownBy(inventory({ rows: [live], managed: [resource] }))).not.toMatch(/s3cr3t|track\.partner/);
  });

  test("is shown nowhere where CAKE lacks it", () => {
    const report = inventory({ rows: [row(9)], managed: managed(plaintext(secret)), where: ["id=7"] });
    expect(conditions(report)).toEqual(["missing"]);
    expect(shownBy(report)).not.toMatch(/s3cr3t|track\.partner/);
  });
});
