import { afterEach, describe, expect, it, vi } from "vitest";
import type { Options } from "../../../../provider/cli/try/options";
import { readPostback } from "../../../../provider/cli/try/readPostback";
import type { InstanceOptions, SandboxInstance } from "../../../../provider/sandbox";
import type { Behaviour } from "../../../../provider/sandbox/behaviour";
import { networkPostbacks } from "../../../../provider/sandbox/data/network";
import { startCake } from "../../cake/support";
import { serve } from "../../http/servers";
import { run } from "./support";

const KEY = "key-canary-try-4711";
const OPTIONS: Options = { cwd: ".", set: [], timeout: 5, format: "json" };
const [wanted] = networkPostbacks().slice(40);

afterEach(() => {
  vi.unstubAllEnvs();
});

async function start(
  behaviour: Partial<Behaviour> = {},
  options: InstanceOptions = {},
): Promise<SandboxInstance> {
  const cake = await startCake({ apiKey: KEY, postbacks: "network", ...options });
  cake.behave(behaviour);
  return cake;
}

async function readLive({ url }: SandboxInstance, id: number, env: Readonly<Record<string, string>> = {}) {
  for (const [name, value] of Object.entries({ CAKE_DOMAIN: url, CAKE_API_KEY: KEY, ...env }))
    vi.stubEnv(name, value);
  return readPostback(undefined, { ...OPTIONS, id }, {});
}

const methods = ({ requests }: SandboxInstance) => [...new Set(requests.map(({ method }) => method))];

describe("a live postback", () => {
  it.each<[string, Partial<Behaviour>, Readonly<Record<string, string>>]>([
    ["by its ID", {}, {}],
    [
      "where the list is elsewhere, has its rows under response, and IDs are strings",
      { paths: { list: "/api/2/pixel.json" }, listEnvelope: "response", arrayName: "pixels", ids: "string" },
      { CAKE_PATHS: '{"list":"/api/2/pixel.json"}' },
    ],
    [
      "where the list ignores its filters, and rows count from 1",
      { filters: "ignored", rowBase: 1, maxRows: 50 },
      {},
    ],
    [
      "where the list refuses its filters",
      { filters: "refused", order: "newestFirst", totalRows: false },
      {},
    ],
  ])("is read %s, and nothing is written", async (_, behaviour, env) => {
    const cake = await start(behaviour);
    const { subject, source, redact } = await readLive(cake, wanted?.postbackId ?? 0, env);
    expect(subject).toMatchObject({
      ...{ postbackUrl: wanted?.postbackUrl, affiliateId: wanted?.affiliateId, offerId: wanted?.offerId },
      ...{ postbackTypeId: 1, instance: cake.domain },
    });
    expect(source).toBe(cake.domain);
    expect(methods(cake)).toEqual(["GET"]);
    expect(redact(`x${KEY}y`)).toBe("x***y");
  });

  it("needs one call where the list can be filtered", async () => {
    const cake = await start();
    await readLive(cake, wanted?.postbackId ?? 0);
    expect(cake.requests).toHaveLength(1);
  });

  it("that is not there is not tried", async () => {
    const cake = await start();
    await expect(readLive(cake, 99)).rejects.toThrow("There is no postback 99 at 127.0.0.1");
    const short = await start({ shortBy: 2 });
    await expect(readLive(short, 99)).rejects.toThrow(
      /postback 99 .* is unknown: the list .*\[live-postback-unknown\]/,
    );
  });

  it("cannot be read where the instance has no list", async () => {
    const cake = await start({ list: "missing" });
    await expect(readLive(cake, 7301)).rejects.toThrow("[list-unavailable]");
    await expect(readLive(cake, 7301, { CAKE_ENDPOINTS: "without-list" })).rejects.toThrow("[list-disabled]");
  });

  it("is tried without a word of the key: not to the partner, and in no output", async () => {
    const partner = await serve((request, response) => response.end(`OK ${JSON.stringify(request.headers)}`));
    const cake = await start({}, { postbacks: [] });
    const { postbackId } = cake.add({
      ...{ affiliateId: 67890, offerId: 12345 },
      postbackUrl: `${partner.url}pb?cid=#s2#&aff=#affid#&note=${KEY}`,
    });
    const args = ["--id", String(postbackId), "--domain", cake.url, "--send", "--yes", "--allow-private"];
    for (const format of ["pretty", "json"]) {
      const { out, err } = await run([...args, "--format", format], "", {
        CAKE_API_KEY: KEY,
        CAKE_ALLOW_INSECURE_HTTP: "true",
      });
      expect(out + err).not.toContain(KEY);
      expect(out).toContain("67890");
    }
    expect(partner.requests.map(({ headers }) => JSON.stringify(headers)).join()).not.toContain(KEY);
    expect(methods(cake)).toEqual(["GET"]);
  });

  it("needs a key, and says what is missing", async () => {
    const { code, err } = await run(["--id", "7301", "--domain", "cake.example"]);
    expect([code, err]).toEqual([2, expect.stringContaining("No API key is set: put it into CAKE_API_KEY")]);
  });
});
