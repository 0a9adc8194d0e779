import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROBE_EVERY_MS } from "../../../provider/http/breaker";
import type { HttpOutcome } from "../../../provider/http/transport";
import { seeded, Timeline } from "../http/fakeClock";
import {
  answer,
  broken,
  created,
  crowdAt,
  declaration,
  emptyList,
  errorOf,
  fatesOf,
  lost,
  type Server,
  silent,
  throttled,
  unreached,
} from "./support";

const everyDone = (count: number) => Array(count).fill("done");
const answeredBy = (request: Parameters<Server>[2]) => (request.method === "GET" ? emptyList : created);

describe("a lone failure", () => {
  it.each([lost, unreached, broken, silent])(
    "of the very first call of a process is repeated",
    async (failure) => {
      const { client, clock, sent } = crowdAt((nth) => (nth <= 3 ? failure : emptyList));
      await clock.until(client.list());
      expect(sent).toHaveLength(4);
    },
  );

  it.each([0.01, 0.05])("among healthy calls is repeated, also where %d of them fail", async (share) => {
    const chance = seeded(1);
    const { client, clock, sent } = crowdAt(() => (chance() < share ? lost : emptyList));
    expect(await clock.until(fatesOf(2_000, () => client.list()))).toEqual(everyDone(2_000));
    expect(sent.length).toBeGreaterThan(2_000);
  });

  it("is repeated after a healthy run whose connections were all cut at once", async () => {
    const { client, clock, sent } = crowdAt((nth) => (nth > 100 && nth <= 108 ? lost : emptyList));
    expect(await clock.until(fatesOf(200, () => client.list()))).toEqual(everyDone(200));
    expect(sent).toHaveLength(208);
  });
});

describe("the number of attempts", () => {
  const outcome = fc.constantFrom<HttpOutcome>(lost, unreached, broken, silent);

  it("is bounded by the circuit breaker where nothing is ever answered, however many calls are made", async () => {
    const runs = fc.record({
      outcomes: fc.array(outcome, { minLength: 1, maxLength: 20 }),
      calls: fc.integer({ min: 1, max: 200 }),
      atOnce: fc.integer({ min: 1, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(runs, async ({ outcomes, calls, atOnce }) => {
        const { client, clock, sent } = crowdAt((nth) => outcomes[nth % outcomes.length] ?? lost, { atOnce });
        await clock.until(fatesOf(calls, () => client.list()));
        // Those that were under way when it opened, and one probe every ten seconds.
        const probes = clock.elapsed / PROBE_EVERY_MS;
        expect(sent.length).toBeLessThanOrEqual(Math.max(5, 2 * atOnce) + atOnce - 1 + probes);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

describe("bulk work", () => {
  it("waits for its turn as long as it takes, and the wait is none of its time", async () => {
    const limits = { perSecond: 20, operationTimeoutMs: 1_000 };
    const { client, clock, sent } = crowdAt(() => created, limits);
    expect(await clock.until(fatesOf(2_000, () => client.create(declaration)))).toEqual(everyDone(2_000));
    expect(clock.elapsed).toBe((2_000 - 40) * 50 + 100);
    expect(sent).toHaveLength(2_000);
  });

  it.each([
    ["every second call", (nth: number) => nth % 2 === 0],
    ["half of the calls by chance", chanceOf(0.5)],
  ] as const)("is done where CAKE throttles %s", async (_, isThrottled) => {
    const clock = new Timeline(seeded(3));
    const server: Server = (nth) => (isThrottled(nth) ? throttled : created);
    const { client, sent } = crowdAt(server, { clock, perSecond: 20, operationTimeoutMs: 300_000 });
    expect(await clock.until(fatesOf(1_000, () => client.create(declaration)))).toEqual(everyDone(1_000));
    expect(sent.length).toBeLessThan(2_100);
  });

  it("finds the speed that CAKE bears, and stays close to it", async () => {
    const clock = new Timeline(seeded(4));
    const { server, throttles } = limitedTo(10);
    const { client } = crowdAt(server, { clock, perSecond: 40, operationTimeoutMs: 300_000 });
    expect(await clock.until(fatesOf(1_000, () => client.create(declaration)))).toEqual(everyDone(1_000));
    expect(throttles()).toBeLessThan(100);
    expect(clock.elapsed).toBeLessThan(2 * 100_000);
  });

  it("gets as fast as it is allowed to be again when CAKE does not throttle any more", async () => {
    const server: Server = (nth) => (nth <= 8 ? throttled : created);
    const { client, clock } = crowdAt(server, { perSecond: 20 });
    await clock.until(fatesOf(1_000, () => client.create(declaration)));
    // 50 s at 20 in a second, 100 s at 10.
    expect(clock.elapsed).toBeLessThan(56_000);
  });

  it("ends what it has begun before it begins anything else", async () => {
    const made: number[] = [];
    const server: Server = (nth, _, { body }) => {
      if (nth === 1) return throttled;
      made.push(JSON.parse(body ?? "{}").affiliate_id);
      return created;
    };
    const { client, clock } = crowdAt(server, { atOnce: 1 });
    await clock.until(fatesOf(20, (affiliateId) => client.create({ ...declaration, affiliateId })));
    expect(made).toHaveLength(20);
    // The next one was at the door already.
    expect(made.slice(0, 2)).toEqual([1, 0]);
  });

  it("is not stopped by the throttle of a single call whose time is over", async () => {
    const server: Server = (nth) => (nth === 1 ? answer("", { status: 429, retryAfter: "50" }) : created);
    const { client, clock, sent } = crowdAt(server, { atOnce: 1 });
    expect(await clock.until(fatesOf(5, () => client.create(declaration)))).toEqual(everyDone(5));
    expect(clock.elapsed).toBeGreaterThanOrEqual(50_000);
    expect(sent).toHaveLength(6);
  });
});

function chanceOf(share: number): () => boolean {
  const chance = seeded(5);
  return () => chance() < share;
}

/** A server that answers so many calls in a second, and throttles the others. */
function limitedTo(perSecond: number) {
  let [left, at, throttles] = [perSecond, 0, 0];
  const server: Server = (_, now) => {
    left = Math.min(perSecond, left + ((now - at) * perSecond) / 1000);
    at = now;
    if (left < 1) {
      throttles += 1;
      return throttled;
    }
    left -= 1;
    return created;
  };
  return { server, throttles: () => throttles };
}

describe("Retry-After", () => {
  // The server's clock is years off ours, which is no matter.
  const date = "Mon, 01 Jan 2035 00:00:00 GMT";
  const asking = (retryAfter: string, status = 429) => answer("", { status, retryAfter, date });

  it.each([
    ["7", 7_000],
    ["Mon, 01 Jan 2035 00:00:20 GMT", 20_000],
  ])("of %s is waited for by every call", async (header, ms) => {
    for (const status of [429, 503]) {
      const times: number[] = [];
      const server: Server = (nth, at, request) => {
        times.push(at);
        return nth === 1 ? asking(header, status) : answeredBy(request);
      };
      const { client, clock } = crowdAt(server, { atOnce: 1 });
      expect(await clock.until(fatesOf(3, () => client.list()))).toEqual(everyDone(3));
      expect(times).toHaveLength(4);
      expect(times[1]).toBeGreaterThanOrEqual(ms);
    }
  });

  it.each(["-5", "NaN", "soon", "", "Sun, 31 Dec 2034 23:59:30 GMT"])(
    "of %j is no wait, only the backoff",
    async (header) => {
      const { client, clock } = crowdAt((nth) => (nth === 1 ? asking(header) : emptyList));
      await clock.until(client.list());
      expect(clock.elapsed).toBe(100 + 500 + 100);
    },
  );

  it.each([
    ["60", "60 s"],
    ["600", "10 min"],
    ["7200", "2 h"],
    ["604800", "7 days"],
    ["999999999999", "more than a year"],
    ["Mon, 01 Jan 2037 00:00:00 GMT", "more than a year"],
  ])("of %s, longer than an operation may take, stops all with the wait in words", async (header, words) => {
    for (const status of [429, 503]) {
      const { client, clock, sent } = crowdAt(() => asking(header, status), { atOnce: 1 });
      const [first, ...others] = await clock.until(fatesOf(20, () => client.update(7, {})));
      expect(first).toMatchObject({ kind: status === 429 ? "throttled" : "lost", status });
      expect(String(first)).toContain(`CAKE asked to wait ${words} before the next call`);
      for (const other of others) {
        expect(other).toMatchObject({
          ...{ kind: "unreached", outcomeUnknown: false },
          code: "cake-asked-to-wait",
        });
        expect(String(other)).toContain(`CAKE asked to wait ${words} before the next call`);
      }
      expect(sent).toHaveLength(1);
    }
  });

  it("that is over lets calls go again", async () => {
    const { client, clock } = crowdAt((nth) => (nth === 1 ? asking("600") : emptyList), { atOnce: 1 });
    await clock.until(errorOf(client.list()));
    await clock.until(clock.sleep(600_000));
    expect(await clock.until(fatesOf(5, () => client.list()))).toEqual(everyDone(5));
  });
});
