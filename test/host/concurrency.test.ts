import { describe, expect, it } from "vitest";
import { DOORS, inBothDoors } from "./support/doors";
import { inputs, rows, stateOf, URL_B } from "./support/postbacks";
import { wholeLists } from "./support/requests";
import { World } from "./support/world";

const TWENTY = Array.from({ length: 20 }, (_, index) => index + 1);
const PAGE = 500;

describe.each(DOORS)("%s door: calls that arrive at once, before the process has loaded anything", (door) => {
  const both = inBothDoors(door);

  it("makes twenty postbacks with one list and twenty POSTs", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host();

    const made = await Promise.all(TWENTY.map((affiliateId) => host.create(inputs({ affiliateId }))));

    expect(wholeLists(cake)).toBe(1);
    expect(cake.calls("create")).toBe(20);
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
    for (const { id, outs } of made) expect(outs).toEqual(stateOf(cake, Number(id)));
    expect(made.map(({ outs }) => outs.affiliateId)).toEqual(TWENTY);
  });

  both("gives the settings to every one of them, also to those that did not load the package", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host({ settings: { "cake:endpoints": "documented" } });

    await Promise.all(TWENTY.map((affiliateId) => host.create(inputs({ affiliateId }))));

    expect(cake.calls("list")).toBe(0);
    expect(cake.calls("create")).toBe(20);
  });

  both("keeps to the number of calls that the settings allow", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host({ settings: { "cake:concurrency": "3" } });
    await host.create(inputs({ affiliateId: 999 }));
    const pause = cake.pause("create", { times: 20 });

    const made = Promise.all(TWENTY.map((affiliateId) => host.create(inputs({ affiliateId }))));
    await pause.arrivals(3);
    expect(cake.calls("create")).toBe(1 + 3);
    pause.release();
    await made;
    expect(cake.peakConcurrency).toBe(3);
  });

  both("reads the first of twenty postbacks alone, and the others from the pages of one list", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(2 * PAGE + 1) } } });
    const { cake } = world;
    const host = await world.host();
    const ids = TWENTY.map((number) => number * 50);

    const readings = await Promise.all(ids.map((id) => host.read(String(id), stateOf(cake, id))));

    const asked = cake.requests.map(({ fields }) => [fields.postback_id, fields.start_at_row]);
    expect(asked.slice(0, 2)).toEqual([
      ["50", "0"],
      [undefined, "0"],
    ]);
    // The further pages are asked for at once, and arrive in any order.
    expect(asked.slice(2).sort()).toEqual([
      [undefined, "1000"],
      [undefined, "500"],
    ]);
    for (const [index, id] of ids.entries()) {
      expect(readings[index]).toMatchObject({ id: String(id), props: stateOf(cake, id) });
    }
  });

  it("mixes all kinds of calls without mixing up their answers", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(60) } } });
    const { cake } = world;
    const host = await world.host();
    const read = TWENTY.map((id) => host.read(String(id), stateOf(cake, id)));
    const updated = TWENTY.map((id) =>
      host.update(
        String(id + 20),
        stateOf(cake, id + 20),
        inputs({ affiliateId: 1019 + id, postbackUrl: URL_B }),
      ),
    );
    const deleted = TWENTY.map((id) => host.delete(String(id + 40), stateOf(cake, id + 40)));
    const created = TWENTY.map((affiliateId) => host.create(inputs({ affiliateId })));
    const same = TWENTY.map((id) =>
      host.diff(String(id), stateOf(cake, id), inputs({ affiliateId: 999 + id })),
    );

    await Promise.all([...read, ...updated, ...deleted, ...created, ...same]);

    expect((await Promise.all(read)).map(({ id }) => Number(id))).toEqual(TWENTY);
    expect((await Promise.all(updated)).map(({ outs }) => outs.postbackId)).toEqual(
      TWENTY.map((id) => id + 20),
    );
    expect((await Promise.all(same)).every(({ changes }) => changes === false)).toBe(true);
    const live = cake.postbacks();
    expect(live.slice(20, 40).every((row) => row.postbackUrl === URL_B)).toBe(true);
    expect(live.filter((row) => row.postbackStatus === "inactive").map((row) => row.postbackId)).toEqual(
      TWENTY.map((id) => id + 40),
    );
    expect(wholeLists(cake)).toBe(1);
    expect(cake.calls("create")).toBe(20);
    expect(cake.calls("update")).toBe(40);
  });

  both("makes one of two equal declarations, and refuses the other", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host();

    const outcomes = await Promise.allSettled([host.create(inputs()), host.create(inputs())]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(cake.calls("create")).toBe(1);
  });
});
