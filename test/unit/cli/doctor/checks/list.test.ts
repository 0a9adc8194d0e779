import { describe, expect, it } from "vitest";
import { startCake } from "../../../cake/support";
import { serve } from "../../../http/servers";
import { rows } from "../../../sandbox/support";
import { check, startFilledCake } from "../support";

describe("the first row", () => {
  it.each([
    [{ rowBase: 0 }, "0"],
    [{ rowBase: 1, order: "newestFirst" }, "1 (0 works, too)"],
  ] as const)("of a list like %j is %s", async (behaviour, found) => {
    const { url } = await startFilledCake(behaviour);
    expect(await check(url, "firstRow")).toMatchObject({ verdict: "ok", found });
  });

  it.each([0, 1] as const)("of a list with one row is %i", async (rowBase) => {
    const { found } = await check((await startFilledCake({ rowBase }, 1)).url, "firstRow");
    expect(found?.startsWith(String(rowBase))).toBe(true);
  });

  it.each([
    ["start_at_row", (limit: number) => limit],
    ["row_limit", () => 30],
  ])("of a list that ignores %s is unknown", async (field, sizeOf) => {
    const server = await serve(({ url = "" }, response) => {
      const size = sizeOf(Number(new URL(url, "http://x").searchParams.get("row_limit")));
      const postbacks = rows(30)
        .slice(0, size)
        .map(({ postbackId }) => wireRow(postbackId));
      response.end(JSON.stringify({ request_status: "Success", postbacks }));
    });
    const { verdict, found } = await check(server.url.origin, "firstRow");
    expect([verdict, found]).toEqual(["unknown", expect.stringContaining(`the list ignores ${field}`)]);
  });
});

function wireRow(postback_id: number) {
  return {
    ...{ postback_id, affiliate_id: 1, offer_id: 1, postback_url: "https://t.example/pb" },
    ...{ postback_type: "Server", postback_status: "active" },
  };
}

describe("the order", () => {
  it.each([
    [{}, 30, "ok", "oldest first"],
    [{ order: "newestFirst", maxRows: 7 }, 30, "ok", "newest first"],
    [{ order: "newestFirst", rowBase: 1 }, 30, "ok", "newest first"],
    [{}, 1, "unknown", "the postbacks are too few"],
  ] as const)("of a list like %j with %i rows is: %s, %s", async (behaviour, count, verdict, found) => {
    const { url } = await startFilledCake(behaviour, count);
    expect(await check(url, "order")).toMatchObject({ verdict, found });
  });

  it("of a list that has another one is neither", async () => {
    const cake = await startCake({ postbacks: rows(30) });
    cake.behave({ answerRow: (row) => ({ ...row, postback_id: (Number(row.postback_id) * 7) % 31 }) });
    expect((await check(cake.url, "order")).found).toBe("neither oldest nor newest first, by IDs");
  });
});

describe("the page limit", () => {
  it.each([
    [{ maxRows: 100 }, 250, "100 rows"],
    [{ maxRows: 100, totalRows: false }, 250, "100 rows"],
    [{ maxRows: 100, rowBase: 1, rowZero: "lost", totalRows: false }, 250, "100 rows"],
    [{}, 30, "at least 30 rows"],
    [{}, 501, "500 rows"],
    [{ maxRows: 10_000 }, 700, "at least 700 rows"],
  ] as const)("of a list like %j with %i rows is %s", async (behaviour, count, found) => {
    const { url } = await startFilledCake(behaviour, count);
    expect(await check(url, "pageLimit")).toMatchObject({ verdict: "ok", found });
  });
});

describe("filters", () => {
  it("are found to work where rows count from 1, too", async () => {
    for (const rowZero of ["first", "refused", "lost"] as const) {
      const cake = await startFilledCake({ rowBase: 1, rowZero });
      expect(await check(cake.url, "filters")).toMatchObject({ verdict: "ok", found: "work" });
    }
  });

  it("are unknown where all postbacks are alike", async () => {
    const alike = await startCake({ postbacks: rows(1) });
    expect(await check(alike.url, "filters")).toMatchObject({ verdict: "unknown" });
  });

  it("are unknown where a page that was asked for does not come", async () => {
    const cake = await startFilledCake();
    cake.injectFault({
      ...{ on: "list", times: 9, fault: { kind: "html" } },
      where: ({ fields }) => fields.affiliate_id !== undefined,
    });
    const { verdict, found } = await check(cake.url, "filters");
    expect([verdict, found]).toEqual(["unknown", expect.stringContaining("affiliate_id: the call failed")]);
  });
});
