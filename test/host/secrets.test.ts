import { describe, expect, it } from "vitest";
import type { Fault, Operation } from "../../provider/sandbox";
import { DOORS, type Door, inBothDoors, rowsFor } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf, URL_B, without } from "./support/postbacks";
import type { Bag } from "./support/proto";
import { CANARY, leaksOf, spellings } from "./support/secrets";
import { type Host, type HostOptions, World } from "./support/world";

/** Answers that hand the key back, in every spelling. */
const QUOTING: readonly Fault[] = [
  ...Object.values(spellings(CANARY)).flatMap((form): Fault[] => [
    { kind: "refused", message: `No affiliate for ${form}!` },
    { kind: "status", status: 500, body: JSON.stringify({ message: form }) },
  ]),
  { kind: "altered", alter: () => ({ request_status: CANARY }) },
];

const FAULTS: readonly Fault[] = [
  { kind: "html" },
  { kind: "empty" },
  { kind: "truncated" },
  { kind: "brokenOff" },
  { kind: "stalled" },
  { kind: "reset" },
  { kind: "hang" },
  { kind: "status", status: 404 },
  { kind: "redirect", status: 302, location: `https://login.example/?api_key=${encodeURIComponent(CANARY)}` },
  { kind: "redirect", status: 307, location: `https://login.example/${CANARY}` },
];

const LIST_FAULTS: readonly Fault[] = [
  { kind: "refused", message: `Not for ${CANARY}` },
  { kind: "status", status: 401, body: JSON.stringify({ message: `Who is ${CANARY}?` }) },
  { kind: "truncated" },
  { kind: "hang" },
  { kind: "redirect", status: 301, location: `https://login.example/?api_key=${CANARY}` },
  { kind: "rateLimited", retryAfter: 600 },
  { kind: "altered", alter: () => ({ request_status: "Success", postbacks: CANARY }) },
  { kind: "altered", alter: () => ({ request_status: "Success", postbacks: [{ [CANARY]: CANARY }] }) },
];

const BROKEN_SETTINGS: readonly [string, HostOptions][] = [
  ["it is wrong", { settings: { "cake:apiKey": `${CANARY}-old` } }],
  ["it holds white space", { settings: { "cake:apiKey": `${CANARY} ${CANARY}` } }],
  ["it is in an object", { settings: { "cake:apiKey": { value: CANARY, and: "a blank" } } }],
  ["other settings are wrong", { settings: { "cake:endpoints": "none", "cake:concurrency": "x" } }],
  ["nobody listens", { settings: { "cake:domain": "http://127.0.0.1:9" } }],
  [
    "the proxy does not answer",
    {
      settings: {
        // Plain HTTP to this machine goes through no proxy.
        "cake:domain": "https://cake.invalid",
        "cake:proxy": `http://me:${encodeURIComponent(CANARY)}@127.0.0.1:9`,
      },
    },
  ],
  ["the proxy is malformed", { settings: { "cake:proxy": `me:${CANARY}@proxy` } }],
  ["it comes from the environment", { env: { CAKE_API_KEY: `${CANARY}-older` } }],
];

const SETTINGS: Bag = { "cake:requestTimeout": "2", "cake:operationTimeout": "2", "cake:concurrency": "32" };
const SIZE = QUOTING.length + FAULTS.length + 1;

function openWorld(door: Door): Promise<World> {
  return World.open(door, { instances: { cake: { apiKey: CANARY, postbacks: rows(SIZE) } } });
}

/** Makes the requests of one affiliate or postback after the other go wrong, from the second one on. */
function injectFault({ cake }: World, on: Operation, field: string, firstValue: number): readonly number[] {
  return [...QUOTING, ...FAULTS].map((fault, index) => {
    const value = firstValue + 1 + index;
    cake.injectFault({ on, fault, times: Infinity, where: ({ fields }) => fields[field] === value });
    return value;
  });
}

/** Most calls of a run that goes so wrong are sent; the others are stopped for those before them. */
function expectFaults({ cake }: World, least: number): void {
  const struck = new Set(
    cake.requests.filter(({ fault }) => fault).map(({ fields }) => JSON.stringify(fields)),
  );
  expect(struck.size).toBeGreaterThanOrEqual(least);
}

function expectNoLeak(host: Host): void {
  expect(leaksOf(CANARY, host.everything)).toEqual([]);
}

describe.concurrent.each(DOORS)("%s door: the API key is in nothing that the process says", (door) => {
  const both = inBothDoors(door);

  it("is found by this search where it is, in every spelling", () => {
    for (const form of Object.values(spellings(CANARY))) expect(leaksOf(CANARY, `${form}!`)).not.toEqual([]);
    const inner = Buffer.from(`{"api_key": "${CANARY}"}`).toString("base64");
    expect(leaksOf(CANARY, inner)).not.toEqual([]);
  });

  it("when everything goes well", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host();
    const { id, outs } = await host.create(inputs());
    const { props } = await host.read(id, outs);
    const { outs: updated } = await host.update(id, props, inputs({ postbackUrl: URL_B }));
    await host.delete("1", stateOf(cake, 1));

    expect(updated.postbackUrl).toBe(URL_B);
    expectNoLeak(host);
  });

  it("when creates fail in every way", async () => {
    await using world = await openWorld(door);
    const host = await world.host({ settings: { ...SETTINGS, "cake:endpoints": "documented" } });
    const affiliates = injectFault(world, "create", "affiliate_id", 1);
    await host.create(inputs({ affiliateId: 1 }));

    await Promise.all(affiliates.map((affiliateId) => refusalOf(host.create(inputs({ affiliateId })))));
    expectFaults(world, affiliates.length / 2);
    expectNoLeak(host);
  });

  it("when updates and deletes fail in every way", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host({ settings: SETTINGS });
    const ids = injectFault(world, "update", "postback_id", 1);
    await host.delete("1", stateOf(cake, 1));

    const saved = (id: number) => stateOf(cake, id);
    const changed = (id: number) => inputs({ affiliateId: 999 + id, postbackUrl: URL_B });
    await Promise.all(
      ids.map((id) =>
        refusalOf(
          id % 2 === 0 ? host.update(String(id), saved(id), changed(id)) : host.delete(String(id), saved(id)),
        ),
      ),
    );
    expectFaults(world, ids.length / 2);
    expectNoLeak(host);
  });

  it.each(rowsFor(door, LIST_FAULTS))("when the list goes wrong: $kind", async (fault) => {
    await using world = await openWorld(door);
    const { cake } = world;
    cake.injectFault({ on: "list", fault, times: Infinity });
    const host = await world.host({ settings: SETTINGS });

    await Promise.all([
      // Where the list says nothing usable, a refresh keeps the state.
      host.read("1", stateOf(cake, 1)).catch(() => undefined),
      refusalOf(host.create(inputs())),
      refusalOf(host.delete("2", stateOf(cake, 2))),
    ]);
    expectNoLeak(host);
  });

  both("when the list is a web page, which keeps the state and stops every write", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    cake.injectFault({ on: "list", fault: { kind: "html" }, times: Infinity });
    const host = await world.host({ settings: SETTINGS });

    expect(await host.read("1", stateOf(cake, 1))).toMatchObject({ id: "1" });
    await Promise.all([refusalOf(host.create(inputs())), refusalOf(host.delete("2", stateOf(cake, 2)))]);
    expectNoLeak(host);
  });

  both("when endpoints are missing", async () => {
    await using world = await openWorld(door);
    const { cake } = world;
    cake.behave({ list: "missing", update: "missing", create: "missing", missingAnswer: "html" });
    const host = await world.host({ settings: SETTINGS });

    await refusalOf(host.create(inputs()));
    await refusalOf(host.read("1", { __provider: inputs().__provider }));
    await refusalOf(host.delete("1", stateOf(cake, 1)));
    expectNoLeak(host);
  });

  both("when CAKE quotes it where a long message is cut", async () => {
    await using world = await openWorld(door);
    const message = `${"No such affiliate. ".repeat(9)}${CANARY}`;
    world.cake.injectFault({ on: "create", fault: { kind: "refused", message } });
    const host = await world.host();

    await refusalOf(host.create(inputs()));
    expectNoLeak(host);
  });

  it.each(rowsFor(door, BROKEN_SETTINGS))("when %s", async (_, { settings = {}, env = {} }) => {
    await using world = await openWorld(door);
    const { cake } = world;
    const host = await world.host({ settings: { ...SETTINGS, ...settings }, env });

    await refusalOf(host.create(inputs()));
    await refusalOf(host.read("1", without(stateOf(cake, 1), "domain")));
    expectNoLeak(host);
  });
});
