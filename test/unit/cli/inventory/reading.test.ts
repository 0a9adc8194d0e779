import { PassThrough } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { progressOn } from "../../../../provider/cli/sources/progress";
import { readSources, type SourceOptions } from "../../../../provider/cli/sources/read";
import type { Source } from "../../../../provider/cli/sources/source";
import type { Postback } from "../../../../provider/postback/postback";
import { type InstanceOptions, type SandboxInstance, startSandbox } from "../../../../provider/sandbox";
import { FakeClock } from "../../http/fakeClock";
import { inventory, sayings, URL } from "./support";

const [US_KEY, EU_KEY] = ["key-canary-us-4711", "key-canary-eu-4711"];

async function start(us: InstanceOptions = {}, eu: InstanceOptions = {}) {
  const sandbox = await startSandbox({
    instances: { us: { apiKey: US_KEY, ...us }, eu: { apiKey: EU_KEY, ...eu } },
  });
  onTestFinished(() => sandbox.close());
  return { us: sandbox.instance("us"), eu: sandbox.instance("eu") };
}

function rowsOf(count: number): Postback[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ postbackId: index + 1, affiliateId: 1, offerId: index + 1, postbackUrl: URL },
    ...{ postbackStatus: "active", postbackType: "Server" },
  }));
}

const read = async (
  options: Partial<SourceOptions>,
  env: Record<string, string>,
): Promise<readonly Source[]> =>
  (await readSources({ kind: "list", domain: undefined, ...options }, env, new FakeClock())).sources;
const KEYS = { CAKE_API_KEY: US_KEY, CAKE_EU_API_KEY: EU_KEY };

/** Calls by what they were, and whether CAKE took their key. */
function callsOf({ requests }: SandboxInstance): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, operation, said } of requests) {
    const call = `${method} ${operation} ${said}`;
    counts[call] = (counts[call] ?? 0) + 1;
  }
  return counts;
}

describe("an instance is read", () => {
  test("once, by reads alone, in pages of 500", { timeout: 30_000 }, async () => {
    const { us } = await start({ postbacks: rowsOf(10_000) });
    const [source] = await read({ domain: us.url }, KEYS);
    expect(source).toMatchObject({ instance: us.domain, kind: "list", flaws: [], calls: 20 });
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
    expect(source).toMatchObject({ flaws: [], calls: 4 });
  });

  test("and says why it may lack records", async () => {
    const { us } = await start({ postbacks: rowsOf(3) });
    us.behave({ shortBy: 1 });
    const sources = await read({ domain: us.url }, KEYS);
    expect(sources[0]?.flaws).toEqual(["the list says that it has 3 rows, and 2 different ones came"]);
    expect(inventory({ sources }).isComplete).toBe(false);
  });

  test("and an empty list proves nothing", async () => {
    const { us } = await start();
    const sources = await read({ domain: us.url }, KEYS);
    expect(sources[0]?.flaws).toEqual(["the list is empty, as it is for a key without rights"]);
    const managed = [{ id: 7, outputs: { domain: us.domain } }];
    expect(sayings(inventory({ sources, managed }))).toEqual(["managed notCompared"]);
  });

  test("that the environment names, too", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(2) });
    const named = [{ name: "eu", domain: eu.url }];
    const both = await read({ named }, { ...KEYS, CAKE_DOMAIN: us.url });
    expect(both.map(({ instance }) => instance)).toEqual([us.domain, eu.domain]);
    const one = await read({ named }, KEYS);
    expect(one.map(({ instance }) => instance)).toEqual([eu.domain]);
    expect(us.requests).toHaveLength(1);
  });
});

describe("a key reaches its own instance alone", () => {
  test("and never another one, whatever the order", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const named = [
      { name: "eu", domain: eu.url },
      { name: "us-2", domain: us.url },
    ];
    await read({ named }, { CAKE_EU_API_KEY: EU_KEY, CAKE_US_2_API_KEY: US_KEY });
    for (const cake of [us, eu]) expect(callsOf(cake)).toEqual({ "GET list Success": 1 });
  });

  test("and the default key none that has a name", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const options = { domain: us.url, named: [{ name: "eu", domain: eu.url }] };
    await expect(read(options, { CAKE_API_KEY: US_KEY })).rejects.toThrow("put it into CAKE_EU_API_KEY");
    // The first is not read for nothing.
    expect([...us.requests, ...eu.requests]).toEqual([]);
  });

  test.each([
    [
      "the same instance twice",
      ({ us }: Cakes) => ({ domain: us.url, named: [{ name: "eu", domain: us.domain }] }),
      "is named twice",
    ],
    [
      "names that share a variable",
      ({ us, eu }: Cakes) => ({
        named: [
          { name: "e-u", domain: us.url },
          { name: "e_u", domain: eu.url },
        ],
      }),
      "Two instances would take their key from CAKE_E_U_API_KEY",
    ],
    [
      "one name twice",
      ({ us, eu }: Cakes) => ({
        named: [
          { name: "eu", domain: us.url },
          { name: "eu", domain: eu.url },
        ],
      }),
      "from CAKE_EU_API_KEY",
    ],
  ])("so that nothing is read with %s", async (_, options, words) => {
    const cakes = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const env = { ...KEYS, CAKE_E_U_API_KEY: EU_KEY };
    // A loopback host needs its scheme.
    const given = options(cakes);
    const named = given.named.map((one) => ({
      ...one,
      domain: `http://${one.domain.replace("http://", "")}`,
    }));
    await expect(read({ ...given, named }, env)).rejects.toThrow(words);
    expect([...cakes.us.requests, ...cakes.eu.requests]).toEqual([]);
  });

  test("so that nothing is read where one is the other's former host", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const env = { ...KEYS, CAKE_FORMER_DOMAINS: eu.domain };
    const options = { domain: us.url, named: [{ name: "eu", domain: eu.url }] };
    await expect(read(options, env)).rejects.toThrow(`${eu.domain} is named twice`);
  });
});

type Cakes = Awaited<ReturnType<typeof start>>;

describe("what cannot be read", () => {
  test.each([404, "html", "refusal"] as const)(
    "names the other sources where there is no list (%s)",
    async (missingAnswer) => {
      const { us } = await start();
      us.behave({ list: "missing", missingAnswer });
      await expect(read({ domain: us.url }, KEYS)).rejects.toThrow(
        /--source campaigns\) or an export from its admin \(--source csv\)/,
      );
    },
  );

  test("is not asked for where only documented endpoints may be used", async () => {
    const { us } = await start();
    const env = { ...KEYS, CAKE_ENDPOINTS: "documented" };
    await expect(read({ domain: us.url }, env)).rejects.toThrow(/The list was not read: .*--source csv/s);
    expect(us.requests).toEqual([]);
  });

  test("is told without the key, also where CAKE repeats it", async () => {
    const { us } = await start();
    for (const message of [
      `Wrong role for ${US_KEY}`,
      `api_key=${encodeURIComponent(US_KEY)}`,
      Buffer.from(US_KEY).toString("base64"),
    ]) {
      us.misbehave({ on: "list", fault: { kind: "refused", message } });
      const error = await read({ domain: us.url }, KEYS).catch((thrown: Error) => thrown.message);
      expect(error).toContain("[redacted]");
      expect(error).not.toMatch(/canary|a2V5LWNhbmFye/);
    }
  });

  test("with a key that is none is told without it", async () => {
    const { us } = await start();
    const error = await read({ domain: us.url }, { CAKE_API_KEY: "wrong-canary" }).catch(
      (thrown: Error) => thrown.message,
    );
    expect(error).toContain("CAKE does not accept the API key");
    expect(error).not.toContain("canary");
  });

  test.each([
    [{ kind: "csv" }, "--source csv needs the file"],
    [{ kind: "csv", csv: "x.csv" }, "Say whose export this is"],
    [
      { kind: "csv", csv: "x.csv", domain: "a.example", named: [{ name: "eu", domain: "b.example" }] },
      "leave --instance out",
    ],
    [{}, /No CAKE instance is set.*No API key is set/s],
    [{ domain: "a.example/path" }, "it must be a host without a path"],
  ] as const)("by what was said is told before anything is sent: %j", async (options, words) => {
    await expect(read(options, {})).rejects.toThrow(words);
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
