import { describe, expect, test } from "vitest";
import { callsOf, EU_KEY, KEYS, read, rowsOf, start, US_KEY } from "./cakes";

describe("a key reaches its own instance alone", () => {
  test("and never another one, whatever the order", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const named = [
      { name: "eu", domain: eu.url },
      { name: "us-2", domain: us.url },
    ];
    await read({ named }, { CAKE_EU_API_KEY: EU_KEY, CAKE_US_2_API_KEY: US_KEY });
    for (const cake of [us, eu]) expect(callsOf(cake)).toEqual({ "GET list Success": 2 });
  });

  test("and the default key none that has a name", async () => {
    const { us, eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const options = { domain: us.url, named: [{ name: "eu", domain: eu.url }] };
    await expect(read(options, { CAKE_API_KEY: US_KEY })).rejects.toThrow("put it into CAKE_EU_API_KEY");
    // The first is not read for nothing.
    expect([...us.requests, ...eu.requests]).toEqual([]);
  });

  test("a blank CAKE_DOMAIN names no default instance beside --instance", async () => {
    const { eu } = await start({ postbacks: rowsOf(1) }, { postbacks: rowsOf(1) });
    const named = [{ name: "eu", domain: eu.url }];
    for (const CAKE_DOMAIN of ["", " "]) {
      const sources = await read({ named }, { CAKE_EU_API_KEY: EU_KEY, CAKE_DOMAIN });
      expect(sources.map(({ instance }) => instance)).toEqual([eu.domain]);
    }
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
        /--source campaigns\) or a file \(--csv export\.csv\)/,
      );
    },
  );

  test("is not asked for where only documented endpoints may be used", async () => {
    const { us } = await start();
    const env = { ...KEYS, CAKE_ENDPOINTS: "documented" };
    await expect(read({ domain: us.url }, env)).rejects.toThrow(
      /The list was not read: .*--csv export\.csv/s,
    );
    expect(us.requests).toEqual([]);
  });

  test("is told without the key, also where CAKE repeats it", async () => {
    const { us } = await start();
    for (const message of [
      `Wrong role for ${US_KEY}`,
      `api_key=${encodeURIComponent(US_KEY)}`,
      Buffer.from(US_KEY).toString("base64"),
    ]) {
      us.injectFault({ on: "list", fault: { kind: "refused", message } });
      const error = await read({ domain: us.url }, KEYS).catch((thrown: Error) => thrown.message);
      expect(error).toContain("***");
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
    [{ kind: "csv" }, "--source csv needs a file"],
    [{ kind: "csv", csv: "x.csv" }, "The CAKE instance of the CSV file is unknown"],
    [
      { kind: "csv", csv: "x.csv", domain: "a.example", named: [{ name: "eu", domain: "b.example" }] },
      "Remove --instance",
    ],
    [{}, /No CAKE instance is set.*No API key is set/s],
    [{ domain: "a.example/path" }, "it must be a host without a path"],
  ] as const)("by what was said is told before anything is sent: %j", async (options, words) => {
    await expect(read(options, {})).rejects.toThrow(words);
  });
});
