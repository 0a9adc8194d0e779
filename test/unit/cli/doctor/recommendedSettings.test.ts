import { describe, expect, it } from "vitest";
import { far, serve, serveProxy } from "../../http/servers";
import { examined, startFilledCake, valuesOf } from "./support";

describe("recommended settings", () => {
  it("are the instance and the key, and what is set otherwise than by default", async () => {
    const cake = await startFilledCake();
    const plain = await examined(cake.url, { env: { CAKE_REQUEST_TIMEOUT: "30", CAKE_LIST_LAG: "7" } });
    expect(plain.report.settings.map(({ name, value }) => [name, value])).toEqual([
      ["domain", cake.url],
      ["apiKey", null],
    ]);
    const env = {
      CAKE_CONCURRENCY: "2",
      CAKE_LIST_LAG: "9",
      CAKE_PAGE_SIZE: "100",
      CAKE_CALLS_PER_SECOND: "5",
    };
    expect(valuesOf((await examined(cake.url, { env })).report)).toEqual({
      ...{ domain: cake.url, requestTimeout: "1" },
      ...{ concurrency: "2", listLag: "9", pageSize: "100", callsPerSecond: "5" },
    });
  });

  it("name a proxy that is set, without its address", async () => {
    const body = JSON.stringify({ request_status: "Success", postbacks: [] });
    const [server, proxy] = [await serve((_, response) => void response.end(body)), await serveProxy()];
    const env = { CAKE_PROXY: proxy.url, CAKE_ALLOW_INSECURE_HTTP: "true" };
    const { report } = await examined(far(server).url.origin, { env });
    expect(report.settings).toContainEqual(expect.objectContaining({ name: "proxy", value: null }));
  });

  it("are none for an instance whose key was rejected", async () => {
    const cake = await startFilledCake();
    const { report } = await examined(cake.url, { env: { CAKE_API_KEY: "another" } });
    expect(report.settings).toEqual([]);
  });
});
