import { describe, expect, test } from "vitest";
import type { LiveRow, Source } from "../../../../provider/cli/input/live/source";
import { parseEarlierReport } from "../../../../provider/cli/inventory/compareReports";
import { ENCRYPTED, FLAW, inventory, row, sourceOf, URL } from "./support";

const incomplete = { incomplete: [FLAW] };

function sinceOf(
  before: readonly LiveRow[],
  now: readonly LiveRow[],
  was: Partial<Source> = {},
  is: Partial<Source> = {},
) {
  const earlier = inventory({ rows: before, source: was });
  const { since } = inventory({ rows: now, source: is, since: earlier });
  if (since === null) throw new Error("The report does not compare.");
  return since;
}

const ids = (records: readonly { id: number }[]) => records.map(({ id }) => id);

describe("since an earlier report", () => {
  test("postbacks are new, gone and changed", () => {
    const since = sinceOf([row(7), row(8), row(9)], [row(8), row(9, { status: "inactive" }), row(10)]);
    expect(since).toMatchObject({ takenAt: "2026-11-22T10:00:00.000Z", incomplete: [] });
    expect(since.added).toEqual([{ instance: "cake.example.com", id: 10, affiliateId: 1, offerId: 10 }]);
    expect(ids(since.gone)).toEqual([7]);
    expect(since.changed).toMatchObject([
      { id: 9, differences: [{ part: "status", name: null, from: "active", to: "inactive" }] },
    ]);
  });

  test("nothing did where nothing did, whatever the order", () => {
    const since = sinceOf([row(7), row(8)], [row(8), row(7)]);
    expect([since.added, since.gone, since.changed, since.incomplete]).toEqual([[], [], [], []]);
  });

  test.each([
    ["a parameter", { url: URL.replace("#s2#", "#s3#") }, "parameter", "cid", "#s2#", "#s3#"],
    ["a parameter that is new", { url: `${URL}&x=1` }, "parameter", "x", null, "1"],
    [
      "the host",
      { url: URL.replace("track.", "new.") },
      "host",
      null,
      "track.partner.example",
      "new.partner.example",
    ],
    [
      "the order",
      { url: "https://track.partner.example/postback?payout=#price#&cid=#s2#&txid=#leadid#" },
      "order",
      null,
      null,
      null,
    ],
    ["the affiliate", { affiliateId: 2 }, "affiliate", null, "1", "2"],
    ["the offer", { offerId: null }, "offer", null, "7", "unknown"],
    ["the type", { type: "Image" }, "type", null, "Server", "Image"],
  ])("%s may have changed", (_, changes, part, name, from, to) => {
    expect(sinceOf([row(7)], [row(7, changes)]).changed).toMatchObject([
      { id: 7, differences: [{ part, name, from, to }] },
    ]);
  });

  test("a secret that changed is told without its value", () => {
    const since = sinceOf(
      [row(7, { url: `${URL}&token=old-s3cr3t` })],
      [row(7, { url: `${URL}&token=new-s3cr3t` })],
    );
    expect(since.changed[0]?.differences).toEqual([
      { part: "a secret part of the URL", name: null, from: null, to: null },
    ]);
    expect(JSON.stringify(since)).not.toContain("s3cr3t");
  });

  test("and one that an earlier version did not take for one, as well", () => {
    const old = inventory({ rows: [row(7)] });
    const postbacks = old.postbacks.map((one) => ({
      ...one,
      url: `${URL}&amp;sign=old-s3cr3t`,
      fingerprint: "other",
    }));
    const { since } = inventory({
      rows: [row(7, { url: `${URL}&amp;sign=new-s3cr3t` })],
      since: { ...old, postbacks },
    });
    expect(since?.changed[0]?.differences).toMatchObject([{ part: "a secret part of the URL" }]);
    expect(JSON.stringify(since)).not.toContain("s3cr3t");
  });

  test("a URL that a program keeps secret meanwhile is told only to differ", () => {
    const earlier = inventory({ rows: [row(7), row(8)] });
    const managed = [7, 8].map((id) => ({ id, outputs: { postbackUrl: ENCRYPTED } }));
    const { since } = inventory({
      rows: [row(7), row(8, { url: `${URL}&x=hidden` })],
      managed,
      since: earlier,
    });
    expect(since?.changed).toMatchObject([{ id: 8, differences: [{ part: "a secret part of the URL" }] }]);
    expect(JSON.stringify(since)).not.toMatch(/hidden|track\.partner/);
  });

  test("only what was asked for now is shown, and all is compared", () => {
    const report = inventory({
      rows: [row(7), row(8)],
      where: ["id=7"],
      since: inventory({ rows: [], managed: [] }),
    });
    expect(report.postbacks).toHaveLength(1);
    expect(ids(report.since?.added ?? [])).toEqual([7, 8]);
  });
});

describe("what may have been there, or may be there still, is not claimed", () => {
  test.each([
    ["new where the earlier listing was not whole", incomplete, {}, { added: [], gone: [] }],
    ["gone where this listing is not whole", {}, incomplete, { added: [10], gone: [] }],
    ["either where both are not", incomplete, incomplete, { added: [], gone: [] }],
  ])("to be %s", (_, was, is, claimed) => {
    const since = sinceOf([row(7), row(8)], [row(8, { status: "inactive" }), row(10)], was, is);
    expect({ added: ids(since.added), gone: ids(since.gone) }).toEqual(claimed);
    expect(ids(since.changed)).toEqual([8]);
    expect(since.incomplete).toMatchObject([{ issue: expect.stringContaining("may be incomplete") }]);
  });

  test("from what only a state had", () => {
    const managed = [{ id: 7 }];
    const unseen = inventory({ rows: [row(8)], source: incomplete, managed });
    const missing = inventory({ rows: [row(8)], managed });
    const rows = [row(7, { status: "inactive" }), row(8)];
    expect(inventory({ rows, managed, since: unseen }).since).toMatchObject({
      added: [],
      gone: [],
      changed: [],
    });
    expect(ids(inventory({ rows, managed, since: missing }).since?.added ?? [])).toEqual([7]);
    // And a state does not make a record that is gone stay.
    const seen = inventory({ rows, managed });
    expect(ids(inventory({ rows: [row(8)], managed, since: seen }).since?.gone ?? [])).toEqual([7]);
  });

  test.each([
    ["another instance", { instance: "eu.example.com" }],
    ["another kind of source", { kind: "csv", incomplete: [FLAW] } as const],
  ])("of %s", (_, was) => {
    const since = sinceOf([row(7)], [row(8)], was);
    expect([since.added, since.gone, since.changed]).toEqual([[], [], []]);
    expect(since.incomplete).toEqual([
      {
        instance: "cake.example.com",
        issue:
          "the earlier report did not read this instance from the same source (list), so nothing was compared",
      },
    ]);
  });

  test("of a URL that a file did not tell", () => {
    const file = { kind: "csv", incomplete: [FLAW] } as const;
    expect(sinceOf([row(7, { url: "" })], [row(7)], file, file).changed).toEqual([]);
  });

  test("of one instance by the same id of another", () => {
    const sources = ["active", "inactive"].map((status, index) =>
      sourceOf([row(7, { status })], { instance: `${index}.example.com` }),
    );
    const { since } = inventory({ sources, since: inventory({ sources }) });
    expect(since).toMatchObject({ added: [], gone: [], changed: [] });
  });

  test("and one of two instances is compared for itself", () => {
    const [us, eu] = [sourceOf([row(7)]), sourceOf([row(7)], { instance: "eu.example.com" })];
    const { since } = inventory({ sources: [sourceOf([row(8)]), eu], since: inventory({ sources: [us] }) });
    expect(since).toMatchObject({
      added: [{ id: 8 }],
      gone: [{ id: 7, instance: "cake.example.com" }],
      changed: [],
    });
    expect(since?.incomplete).toMatchObject([{ instance: "eu.example.com" }]);
  });
});

describe("no earlier report is", () => {
  const report = inventory({ rows: [row(7)] });
  const refused = (text: string) => () => parseEarlierReport(text, "last.json");
  const other = (changes: object) => JSON.stringify({ ...report, ...changes });

  test.each([
    ["no JSON", "{", "last.json is not a JSON report"],
    ["other JSON", "[]", "last.json is not a JSON report"],
    ["a state", '{"version":3,"deployment":{}}', "last.json is not a JSON report"],
    ["one of a version that there is not", other({ version: 0 }), "last.json is not a JSON report"],
    [
      "one that a newer version wrote",
      other({ version: 2 }),
      "last.json has version 2, and this pulumi-cake reads up to 1",
    ],
    ["one of which a newer version lacks parts", '{"version":9,"takenAt":1}', "[written-by-newer-version]"],
    ["one without a time", other({ takenAt: "yesterday\u001b[2J" }), "last.json is not a JSON report"],
    [
      "one with more than a time",
      other({ takenAt: "2026-11-22 (\u001b[2J)" }),
      "last.json is not a JSON report",
    ],
    ["one without postbacks", other({ postbacks: undefined }), "last.json is not a JSON report"],
    ["one of some postbacks only", other({ where: ["is=drifted"] }), "holds only postbacks with is=drifted"],
  ])("%s", (_, text, words) => {
    expect(refused(text)).toThrow(words);
  });

  test("one that could not be read back", () => {
    expect(refused(JSON.stringify(report))).not.toThrow();
  });
});
