import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { progressOn } from "../../../../../provider/cli/input/live/progress";
import { conditions, inventory } from "../../inventory/support";
import { callsOf, KEYS, read, rowsOf, start } from "./cakes";

describe("an instance is read", () => {
  test("once, by reads alone, in pages of 500", { timeout: 30_000 }, async () => {
    const { us } = await start({ postbacks: rowsOf(10_000) });
    const [source] = await read({ domain: us.url }, KEYS);
    expect(source).toMatchObject({ instance: us.domain, kind: "list", incomplete: [], calls: 20 });
    expect(source?.rows).toHaveLength(10_000);
    expect(callsOf(us)).toEqual({ "GET list Success": 20 });
  });

  test("as often where there are two, each with its own key", { timeout: 30_000 }, async () => {
    const { us, eu } = await start({ postbacks: rowsOf(10_000) }, { postbacks: rowsOf(10_000) });
    const sources = await read({ domain: us.url, named: [{ name: "eu", domain: eu.url }] }, KEYS);
    expect(sources.map(({ instance, rows, calls }) => [instance, rows.length, calls])).toEqual([
      [us.domain, 10_000, 20],
      [eu.domain, 10_000, 20],
    ]);
    for (const cake of [us, eu]) expect(callsOf(cake)).toEqual({ "GET list Success": 20 });
  });

  test("with few calls more where CAKE does not say how many there are", async () => {
    const { us } = await start({ postbacks: rowsOf(1_000) });
    us.behave({ totalRows: false, order: "newestFirst" });
    const [source] = await read({ domain: us.url }, KEYS);
    expect(source?.rows.map(({ id }) => id)).toEqual(rowsOf(1_000).map(({ postbackId }) => postbackId));
    expect(source).toMatchObject({ incomplete: [], calls: 4 });
  });

  test("and says why it may lack records", async () => {
    const { us } = await start({ postbacks: rowsOf(3) });
    us.behave({ shortBy: 1 });
    const sources = await read({ domain: us.url }, KEYS);
    expect(sources[0]?.incomplete).toEqual(["the list says it has 3 rows, but 2 came"]);
    expect(inventory({ sources }).isComplete).toBe(false);
  });

  test("and an empty list proves nothing", async () => {
    const { us } = await start();
    const sources = await read({ domain: us.url }, KEYS);
    expect(sources[0]?.incomplete).toEqual(["the list is empty, which may mean that the key has no rights"]);
    const managed = [{ id: 7, outputs: { domain: us.domain } }];
    expect(conditions(inventory({ sources, managed }))).toEqual(["notSeen"]);
  });

  test("that the environment names, too", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(2) });
    const named = [{ name: "eu", domain: eu.url }];
    const both = await read({ named }, { ...KEYS, CAKE_DOMAIN: us.url });
    expect(both.map(({ instance }) => instance)).toEqual([us.domain, eu.domain]);
    const one = await read({ named }, KEYS);
    expect(one.map(({ instance }) => instance)).toEqual([eu.domain]);
    expect(us.requests).toHaveLength(2);
  });
});

describe("campaigns are read", () => {
  const options = { kind: "campaigns", affiliates: [1, 2] } as const;

  test("for each affiliate, and never prove that there are no others", async () => {
    const { us } = await start({ postbacks: rowsOf(3) });
    const [source] = await read({ ...options, domain: us.url }, KEYS);
    expect(source).toMatchObject({ isReadInPart: false, calls: 3 });
    expect(source?.rows).toHaveLength(3);
    expect(source?.incomplete).toEqual(["only the campaigns of affiliate 1, 2 were read"]);
  });

  test("in part where a row of them cannot be read", async () => {
    const { us } = await start({ postbacks: rowsOf(3) });
    const alter = (answer: unknown) =>
      JSON.parse(JSON.stringify(answer).replace('"campaign_id":100001', '"campaign_id":"none"'));
    us.injectFault({ on: "campaigns", fault: { kind: "altered", alter } });
    const [source] = await read({ ...options, domain: us.url }, KEYS);
    expect(source?.isReadInPart).toBe(true);
    expect(source?.rows).toHaveLength(2);
    expect(source?.incomplete.join()).toContain("affiliate 1: the list holds rows that cannot be read");
  });
});

describe("the progress", () => {
  function streamOf(isTTY: boolean) {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
    const written: string[] = [];
    stream.on("data", (chunk) => written.push(String(chunk)));
    return { stream: stream as unknown as NodeJS.WriteStream, written };
  }

  test("shows on a terminal how far a reading is", () => {
    const { stream, written } = streamOf(true);
    const progress = progressOn(stream, "Reading cake.example.com");
    progress.onPage(500, 1_000);
    progress.onPage(1_000, 1_000);
    progress.done();
    expect(written.join("")).toContain("Reading cake.example.com");
    expect(written.join("")).toContain("1000 of 1000");
  });

  test("writes nothing where no person looks, nor before there is anything to tell", () => {
    const { stream, written } = streamOf(false);
    const silent = progressOn(stream, "Reading");
    silent.onPage(500, 1_000);
    silent.done();
    const early = streamOf(true);
    progressOn(early.stream, "Reading").done();
    expect([...written, ...early.written]).toEqual([]);
  });
});
