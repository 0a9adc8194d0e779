import { expect, it } from "vitest";
import { defaultBehaviour } from "../../../provider/sandbox/behaviour";
import { ListLag, listPage } from "../../../provider/sandbox/list";
import { PostbackStore } from "../../../provider/sandbox/store";
import { idsOf, oneInstance, rows } from "./support";

const ROWS = 100_000;
// With an index each of these takes a fraction of a second; with a walk over all rows, longer than a test may take.
const TIMES = 20_000;

/** 100,000 rows of 10,000 affiliates. */
function bigStore(): PostbackStore {
  return new PostbackStore(rows(ROWS).map((row, index) => ({ ...row, affiliateId: 1 + (index % 10_000) })));
}

it.each([
  ["an id", (index: number) => ({ postback_id: 1 + index }), 1],
  ["an affiliate", (index: number) => ({ affiliate_id: 1 + (index % 10_000) }), 10],
])("looks up %s among 100,000 rows without going through them", (_, request, found) => {
  const store = bigStore();
  const lag = new ListLag();
  for (let index = 0; index < TIMES; index += 1) {
    const page = listPage(store, lag, defaultBehaviour, request(index));
    if ("refused" in page || page.total !== found) throw new Error(`Request ${index} found something else.`);
  }
});

it("changes and adds rows among 100,000 without going through them", () => {
  const store = bigStore();
  for (let id = 1; id <= TIMES; id += 1) store.update(id, { postbackStatus: "inactive" });
  for (const row of rows(TIMES, ROWS + 1)) store.insert(row);
  expect(store.rows).toHaveLength(ROWS + TIMES);
});

it("lists 100,000 rows page by page, each once", async () => {
  const { client } = await oneInstance({ postbacks: rows(ROWS) });
  const ids = new Set<unknown>();
  for (let row = 0; row < ROWS; row += 500) {
    for (const id of idsOf(await client.list({ start_at_row: row, row_limit: 500 }))) ids.add(id);
  }
  expect(ids.size).toBe(ROWS);
});
