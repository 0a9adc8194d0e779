import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCsvExport } from "../../../../provider/cli/input/live/csv";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { inventoryCsv } from "../../../../provider/cli/inventory/csv";
import { readPostbacksCsv } from "../../../../provider/csv";
import { csvLines, FLAW, HOST, inventory, row, sourceOf, temporary, URL } from "./support";

const EU = "eu.example.com";

describe("the CSV goes round", () => {
  const rows = [
    row(7, { url: 'https://t.example/?a=;b,"c"&d=\'=1', status: "Active" }),
    row(8, { offerId: 0, url: "=cmd|' /C calc'!A0", type: "Pixel 2.0", status: "inactive" }),
    row(9, { affiliateId: null, offerId: null, status: null, type: null }),
    row(10, { url: `${URL}&token=s3cr3t` }),
  ];
  const report = inventory({ rows, managed: [{ id: 11 }] });
  const text = inventoryCsv(report);
  const live = report.postbacks.filter(({ isLive }) => isLive);

  test("through provider/csv", () => {
    const { rows: read, problems } = readPostbacksCsv(text, "report.csv");
    expect(problems).toEqual([]);
    expect(read).toHaveLength(report.postbacks.length);
    for (const [index, { id, affiliateId, offerId, status, type, url }] of report.postbacks.entries())
      expect(read[index]).toMatchObject({
        ...{ instance: HOST, postbackId: id, postbackUrl: url },
        ...(affiliateId === null ? {} : { affiliateId }),
        ...(offerId === null ? {} : { offerId }),
        ...(status === null ? {} : { postbackStatus: status.toLowerCase() }),
        ...(type === null ? {} : { postbackType: type }),
      });
  });

  test("through inventory --csv, where what only a state has stays out", () => {
    const file = temporary("report.csv");
    writeFileSync(file, text);
    const source = readCsvExport(file, HOST, [HOST]);
    expect(source.isReadInPart).toBe(false);
    expect(source.rows).toEqual(
      live.map(({ id, affiliateId, offerId, status, type, url }) => ({
        ...{ id, affiliateId, offerId, type, url, status: status?.toLowerCase() ?? null },
      })),
    );
    // Masked secrets are no drift.
    const again = inventory({
      sources: [source],
      managed: [{ id: 10, outputs: { postbackUrl: `${URL}&token=s3cr3t` } }],
    });
    expect(again.postbacks.find(({ id }) => id === 10)?.is).not.toContain("drifted");
  });

  test("through lint", () => {
    const { subjects, uncheckedPostbacks } = parseContents(text, "report.csv");
    expect(uncheckedPostbacks).toEqual([]);
    expect(subjects.map(({ postbackUrl }) => postbackUrl)).toEqual(report.postbacks.map(({ url }) => url));
  });
});

describe("the CSV", () => {
  test("has a line for each postback, those of a state alone included, and says which are live", () => {
    const lines = csvLines(
      inventory({
        rows: [row(7, { url: URL.replace("#leadid#", "#tid#") }), row(8, { status: "inactive" })],
        managed: [{ id: 7, name: "acme" }, { id: 8, outputs: { postbackStatus: "inactive" } }, { id: 10 }],
      }),
    );
    expect(lines.map(({ postback_id, is, live }) => [postback_id, is, live])).toEqual([
      ["7", "drifted managed", "yes"],
      ["8", "inactive managed", "yes"],
      ["10", "missing", "no"],
    ]);
    expect(lines[0]).toMatchObject({
      ...{
        instance: HOST,
        affiliate_id: "1",
        offer_id: "7",
        postback_status: "active",
        postback_type: "Server",
      },
      ...{ drift: "parameter txid: #leadid# → #tid#", managed_by: "network/prod acme", list: "complete" },
    });
  });

  test("names the rules that found something, and who fires beside whom", () => {
    const rows = [
      row(7, { url: "https://track.partner.example/?cid={clickid}" }),
      row(8),
      row(9, { offerId: 8 }),
    ];
    expect(csvLines(inventory({ rows })).map(({ rules }) => rules)).toEqual([
      ...["P01; P03", "P20 with 9 (track.partner.example)", "P20 with 8 (track.partner.example)"],
    ]);
  });

  test("says on every line of its instance that the list may be incomplete, and on one of its own where there is none", () => {
    const sources = [sourceOf([row(7)]), sourceOf([row(8)], { instance: EU, incomplete: [FLAW, "another"] })];
    const listsOf = (where: string[]) =>
      csvLines(inventory({ sources, where })).map(({ instance, postback_id, list }) => [
        instance,
        postback_id,
        list,
      ]);
    expect(listsOf([])).toEqual([
      [HOST, "7", "complete"],
      [EU, "8", `${FLAW}; another`],
    ]);
    expect(listsOf(["id=7"])).toEqual([
      [HOST, "7", "complete"],
      [EU, "", `${FLAW}; another`],
    ]);
    expect(csvLines(inventory({ rows: [] }))).toEqual([]);
  });
});
