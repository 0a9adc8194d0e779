import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../http/fakeClock";
import { serve } from "../../../http/servers";
import { checkIn, examined, startFilledCake, valuesOf } from "../support";

const [CREATE, UPDATE] = ["affiliate_postback.json", "update_affiliate_postback.json"];
const NO_GET = [405, "<html>Method not allowed</html>"] as const;
const NO_KEY = [200, '{"request_status":"Failure","message":"Who is asking?"}'] as const;
const LOG = { "api_logs.json": [200, '{"request_status":"Success"}'] } as const;

/** What is said of the endpoints that write, by a server that answers a bare GET as the test says. */
async function endpointsOf(answers: Record<string, readonly [status: number, body: string]>) {
  const server = await serve(({ url = "" }, response) => {
    const name = new URL(url, "http://x").pathname.split("/").at(-1) ?? "";
    const [status, body] = { ...LOG, ...answers }[name] ?? [404, `<html>No ${name} at ${Date.now()}</html>`];
    response.writeHead(status).end(body);
  });
  const { report, words } = await examined(server.url.origin);
  const [create, update] = [checkIn(report, "create"), checkIn(report, "update")];
  return { verdicts: [create.verdict, update.verdict], report, words };
}

describe("an endpoint that writes", () => {
  it.each([
    ["HTTP 405", NO_GET],
    ["a word about the key", NO_KEY],
  ])("is there where it answers a bare GET with %s, unlike a path that is not there", async (_, answer) => {
    const { verdicts } = await endpointsOf({ [CREATE]: answer, [UPDATE]: answer });
    expect(verdicts).toEqual(["ok", "ok"]);
  });

  it("is not there where it answers like a path that is not there, and the create does not", async () => {
    const { verdicts, report, words } = await endpointsOf({ [CREATE]: NO_GET });
    expect([verdicts, report.exitCode]).toEqual([["ok", "problem"], 1]);
    expect(words).toContain("--paths update=its/path");
    // There is no list either, so only what is documented is left.
    expect(valuesOf(report)).toMatchObject({ endpoints: "documented" });
  });

  it("is unknown where it answers like neither, or where nothing comes", async () => {
    const { verdicts, words } = await endpointsOf({ [CREATE]: NO_GET, [UPDATE]: [500, "oops"] });
    expect(verdicts).toEqual(["ok", "unknown"]);
    expect(words).toContain("differs from that of the create");
  });

  it("is unknown where CAKE answers every GET alike, even if it names the path", async () => {
    const cake = await startFilledCake({ update: "missing", missingAnswer: "refusal" });
    const { report } = await examined(cake.url);
    expect(checkIn(report, "create").verdict).toBe("unknown");
    expect(checkIn(report, "update")).toMatchObject({
      ...{ verdict: "unknown", advice: expect.stringContaining("A run sends its first write alone") },
    });
  });
});

describe("answers", () => {
  it("are counted", async () => {
    const cake = await startFilledCake();
    const { found } = checkIn((await examined(cake.url)).report, "answers");
    expect(found).toMatch(new RegExp(`^${cake.requests.length}: median \\d+ ms, slowest \\d+ ms$`));
  });

  it.each([
    [25_000, "75"],
    [400_000, "600"],
  ])("that take %i ms get the time that they need", async (ms, seconds) => {
    const [clock, cake] = [new FakeClock(), await startFilledCake()];
    cake.behave({
      afterPage: () => {
        clock.time += ms;
        cake.behave({ afterPage: () => {} });
      },
    });
    const env = { CAKE_REQUEST_TIMEOUT: "30", CAKE_OPERATION_TIMEOUT: "3600" };
    const { report } = await examined(cake.url, { clock, env });
    expect(checkIn(report, "answers")).toMatchObject({ verdict: "warning" });
    expect(valuesOf(report)).toMatchObject({ requestTimeout: seconds });
  });
});
