import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { AffiliatePostback } from "../../../provider";
import { installHost, program } from "./support";

const args = { affiliateId: 67890, offerId: 12345, postbackUrl: "https://tracker.example/pb?cid=#s2#" };

/** As `source-map-support` does in Pulumi's program process, and counts. */
function writeTraces() {
  const before = Error.prepareStackTrace;
  onTestFinished(() => {
    Error.prepareStackTrace = before;
  });
  const written: string[] = [];
  const ordinary: typeof before = (error, frames) => {
    written.push(String(frames[0]?.getFunctionName()));
    return [String(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
  };
  Error.prepareStackTrace = ordinary;
  return { ordinary, ofPromises: () => written.filter((name) => name === "debuggablePromise").length };
}

/** Where the engine was told that a resource stands in the program. */
async function positionsToldFor(declare: () => void): Promise<string[]> {
  const positions: string[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, (request: Request) => unknown>;
  const { registerResource } = monitor;
  monitor.registerResource = (request, ...others) => {
    const position = request.getSourceposition();
    positions.push(`${position?.getUri()}:${position?.getLine()}`);
    return registerResource?.call(monitor, request, ...(others as []));
  };
  declare();
  await vi.waitUntil(() => positions.length > 0);
  return positions;
}

class Other extends pulumi.CustomResource {}

interface Request {
  getSourceposition(): { getUri(): string; getLine(): number } | undefined;
}

beforeEach(async () => {
  installHost();
  await program();
});

describe("what the SDK notes about its promises", () => {
  it("is left out while a postback is declared, and only then", () => {
    const { ordinary, ofPromises } = writeTraces();
    new AffiliatePostback("acme", args, { id: "8801" });
    expect(ofPromises()).toBe(0);
    expect(Error.prepareStackTrace).toBe(ordinary);
    new Other("test:index:Other", "other");
    expect(ofPromises()).toBeGreaterThan(0);
  });

  it("is there where somebody looks for promises that never end", () => {
    const { ofPromises } = writeTraces();
    vi.stubEnv("PULUMI_DEBUG_PROMISE_LEAKS", "true");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    new AffiliatePostback("acme", args);
    expect(ofPromises()).toBeGreaterThan(0);
  });

  it("is no reason to set anything where nobody writes traces", () => {
    writeTraces();
    Reflect.deleteProperty(Error, "prepareStackTrace");
    new AffiliatePostback("acme", args);
    expect(Error.prepareStackTrace).toBeUndefined();
  });
});

describe("all other traces", () => {
  it("lead to the program, when it throws while a postback is declared", () => {
    const { ordinary } = writeTraces();
    const transformations = [
      function mistaken(): undefined {
        throw new Error("no such partner");
      },
    ];
    let thrown: unknown;
    try {
      new AffiliatePostback("acme", args, { transformations });
    } catch (error) {
      thrown = error;
    }
    expect((thrown as Error).stack).toMatch(
      /^Error: no such partner\n {4}at .*mistaken .*promiseTraces\.test\.ts/,
    );
    expect(Error.prepareStackTrace).toBe(ordinary);
  });

  it("stay as the program sets them while a postback is declared", () => {
    writeTraces();
    const wanted = () => "none";
    const transformations = [
      () => {
        Error.prepareStackTrace = wanted;
        return undefined;
      },
    ];
    new AffiliatePostback("acme", args, { transformations });
    expect(Error.prepareStackTrace).toBe(wanted);
  });

  it("tell the engine where in the program a postback stands", async () => {
    writeTraces();
    const positions = await positionsToldFor(function declared() {
      new AffiliatePostback("acme", args);
    });
    expect(positions[0]).toMatch(/promiseTraces\.test\.ts:\d+$/);
  });
});
