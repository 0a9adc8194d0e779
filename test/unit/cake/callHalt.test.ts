import { describe, expect, it } from "vitest";
import { CakeError } from "../../../provider/cake/errors";
import { PROBE_EVERY_MS } from "../../../provider/http/breaker";
import type { HttpOutcome } from "../../../provider/http/transport";
import {
  answer,
  broken,
  created,
  crowdAt,
  declaration,
  emptyList,
  errorOf,
  fatesOf,
  keyRefused,
  lost,
  silent,
  throttled,
  unreached,
} from "./support";

const NOTHING_SENT = { kind: "unreached", outcomeUnknown: false };
const messagesOf = (fates: readonly unknown[]) => [...new Set(fates.map(String))];

describe("a refused key", () => {
  it.each([1, 2, 8])("with %i in flight stops all but those: 50 calls, one explanation", async (atOnce) => {
    const { client, clock, sent } = crowdAt(() => keyRefused, { atOnce });
    const fates = await clock.until(fatesOf(50, () => client.create(declaration)));
    expect(sent).toHaveLength(atOnce);
    for (const fate of fates) expect(fate).toMatchObject({ kind: "key", outcomeUnknown: false });
    expect(messagesOf(fates)).toHaveLength(1);
    expect(messagesOf(fates)[0]).toContain("CAKE_API_KEY");
  });

  it.each([1, 2])(
    "ends every wait at once: for a turn, and for a retry of attempt %i",
    async (nthThrottled) => {
      const askedToWait = answer("", { status: 429, retryAfter: "50" });
      const server = (nth: number) => (nth === nthThrottled ? askedToWait : keyRefused);
      const { client, clock, sent } = crowdAt(server, { atOnce: 2, perSecond: 1 });
      await clock.until(fatesOf(50, () => client.list()));
      expect(sent).toHaveLength(2);
      expect(clock.elapsed).toBeLessThan(1_000);
    },
  );

  it("stops what is called later, too", async () => {
    const { client, clock, sent } = crowdAt(() => keyRefused);
    const first = await clock.until(errorOf(client.list()));
    expect(await clock.until(errorOf(client.create(declaration)))).toBe(first);
    expect(sent).toHaveLength(1);
  });

  it("does not make an update undone whose answer was lost before", async () => {
    const server = (nth: number) => (nth === 1 ? lost : keyRefused);
    const { client, clock } = crowdAt(server, { atOnce: 1 });
    const [update, list] = [client.update(7, {}), client.list()].map(errorOf);
    expect(await clock.until(update as Promise<Error>)).toMatchObject({ kind: "lost", outcomeUnknown: true });
    expect(await list).toMatchObject({ kind: "key" });
  });
});

describe("an address that CAKE ignores", () => {
  const empty = answer("");

  it.each<[string, HttpOutcome]>([
    ["hangs", silent],
    ["gets empty answers", empty],
  ])("and that %s stops all after five attempts", async (_, outcome) => {
    const { client, clock, sent } = crowdAt(() => outcome, { atOnce: 1 });
    const fates = await clock.until(fatesOf(50, () => client.list()));
    expect(sent).toHaveLength(5);
    for (const fate of fates) expect(fate).toBeInstanceOf(CakeError);
    const next = await clock.until(errorOf(client.list()));
    expect(next).toMatchObject(NOTHING_SENT);
    expect(next.message).toContain("so this one was not sent");
    expect(sent).toHaveLength(5);
  });

  it("stops all after the first call and its retries", async () => {
    const { client, clock, sent } = crowdAt(() => silent, { atOnce: 1 });
    expect(await clock.until(errorOf(client.list()))).toMatchObject({ kind: "lost" });
    expect(sent).toHaveLength(4);
    expect(await clock.until(errorOf(client.list()))).toMatchObject(NOTHING_SENT);
    expect(sent).toHaveLength(4);
  });

  it("is known after a single create, which is never sent again", async () => {
    const { client, clock, sent } = crowdAt(() => silent, { atOnce: 1 });
    const fates = await clock.until(fatesOf(50, () => client.create(declaration)));
    expect(sent).toHaveLength(1);
    expect(fates[0]).toMatchObject({ kind: "lost", outcomeUnknown: true });
    for (const other of fates.slice(1)) expect(other).toMatchObject(NOTHING_SENT);
  });

  it.each([2, 8])("with %i in flight costs no more attempts than an outage", async (atOnce) => {
    const { client, clock, sent } = crowdAt(() => silent, { atOnce });
    await clock.until(fatesOf(50, () => client.list()));
    expect(sent.length).toBeLessThanOrEqual(Math.max(5, 2 * atOnce) + atOnce - 1);
  });

  it("is not suspected once CAKE has answered anything", async () => {
    for (const any of [emptyList, throttled, broken]) {
      const { client, clock } = crowdAt((nth) => (nth === 1 ? any : silent), { atOnce: 1 });
      const fates = await clock.until(fatesOf(20, () => client.list()));
      expect(messagesOf(fates).join()).not.toContain("no call of this run has been answered");
    }
  });

  it("is suspected no longer when a call that was under way gets its answer after all", async () => {
    const server = (nth: number) => (nth === 1 ? silent : emptyList);
    const { client, clock } = crowdAt(server, { atOnce: 2 });
    const create = errorOf(client.create(declaration));
    const list = client.list();
    expect(await clock.until(create)).toMatchObject({ kind: "lost" });
    await clock.until(list);
    expect(await clock.until(fatesOf(5, () => client.list()))).toEqual(Array(5).fill("done"));
  });

  it("is not what refused connections show", async () => {
    const { client, clock } = crowdAt(() => unreached, { atOnce: 1 });
    const fates = await clock.until(fatesOf(50, () => client.list()));
    expect(messagesOf(fates).join()).not.toContain("IP Whitelisting");
  });
});

describe("an outage", () => {
  const failures: Readonly<Record<string, HttpOutcome>> = { unreached, lost, broken };

  it.each(Object.entries(failures))("of 100 calls one by one costs five attempts: %s", async (_, outcome) => {
    for (const kind of ["list", "create"] as const) {
      const { client, clock, sent } = crowdAt(() => outcome, { atOnce: 1 });
      const call = () => (kind === "list" ? client.list() : client.create(declaration));
      const fates = await clock.until(fatesOf(100, call));
      expect(sent).toHaveLength(5);
      for (const unsent of fates.slice(5)) expect(unsent).toMatchObject(NOTHING_SENT);
      expect(messagesOf(fates.slice(5))).toHaveLength(1);
    }
  });

  it.each([2, 8, 32])(
    "with %i in flight costs twice as many attempts, and those that were under way by then",
    async (atOnce) => {
      for (const outcome of Object.values(failures)) {
        const { client, clock, sent } = crowdAt(() => outcome, { atOnce });
        await clock.until(fatesOf(500, () => client.create(declaration)));
        const limit = Math.max(5, 2 * atOnce);
        expect(sent.length).toBeGreaterThanOrEqual(limit);
        expect(sent.length).toBeLessThanOrEqual(limit + atOnce - 1);
      }
    },
  );

  it("is explained to all in the same words, with what happened last", async () => {
    const { client, clock } = crowdAt(() => unreached, { atOnce: 1 });
    const [explained, ...others] = messagesOf(await clock.until(fatesOf(100, () => client.list())));
    expect(others).toEqual([]);
    expect(explained).toMatch(/the connection was refused.*GET .* on cake\.example.*Run again/);
  });

  it("is found out to be over by one call every ten seconds", async () => {
    const backAt = 60_000;
    const { client, clock, sent } = crowdAt((_, at) => (at < backAt ? lost : created), { atOnce: 1 });
    let doneAt: number | undefined;
    while (doneAt === undefined) {
      const [fate] = await clock.until(fatesOf(1, () => client.create(declaration)));
      if (fate === "done") doneAt = clock.elapsed;
      else await clock.until(clock.sleep(500));
    }
    expect(doneAt).toBeLessThan(backAt + PROBE_EVERY_MS + 1_000);
    const failed = sent.length - 1;
    expect(failed).toBeLessThanOrEqual(5 + backAt / PROBE_EVERY_MS);
    expect(await clock.until(fatesOf(100, () => client.create(declaration)))).toEqual(
      Array(100).fill("done"),
    );
  });

  it("sends one probe, however many calls come when it is due", async () => {
    const { client, clock, sent } = crowdAt(() => lost, { atOnce: 8 });
    await clock.until(fatesOf(100, () => client.create(declaration)));
    const before = sent.length;
    await clock.until(clock.sleep(PROBE_EVERY_MS));
    await clock.until(fatesOf(100, () => client.create(declaration)));
    expect(sent.length - before).toBe(1);
  });

  it("is none while CAKE throttles", async () => {
    const server = (nth: number) => (nth <= 100 ? throttled : created);
    const { client, clock } = crowdAt(server, { atOnce: 1, operationTimeoutMs: 3_600_000 });
    expect(await clock.until(fatesOf(5, () => client.create(declaration)))).toEqual(Array(5).fill("done"));
  });
});
