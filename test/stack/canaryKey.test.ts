import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Fault, Operation } from "pulumi-cake/sandbox";
import { expect, it } from "vitest";
import { CANARY, leaksOf, spellings } from "../host/support/secrets";
import type { OperationResult } from "./support/cli";
import { acme, type Declared, declare } from "./support/declare";
import { failureOf } from "./support/failures";
import { project, temporaryFolder } from "./support/places";
import { readableState } from "./support/state";
import { openWorld, type World, withCli } from "./support/world";

/** Refusals that hand the key back, one in each spelling. */
const REFUSALS = Object.values(spellings(CANARY)).map(
  (form): Fault => ({ kind: "refused", message: `Not for ${form}!` }),
);
/** Answers that leave open what CAKE did. The first one of them stops the run's other writes. */
const UNCLEAR: readonly Fault[] = [
  { kind: "status", status: 500, body: `<h1>${CANARY}</h1>` },
  { kind: "redirect", status: 302, location: `https://login.example/?api_key=${encodeURIComponent(CANARY)}` },
  { kind: "altered", alter: () => ({ request_status: CANARY }) },
  { kind: "brokenOff" },
  { kind: "reset" },
  { kind: "hang" },
];
const FAULTS = [...REFUSALS, ...UNCLEAR];
const AFFILIATES = FAULTS.map((_, index) => index + 1);
const REFUSED = AFFILIATES.slice(0, REFUSALS.length);

function postbacks(changes: Declared["args"], affiliates = AFFILIATES): Record<string, Declared> {
  // Its writes are proven first: else one that ends unclear would stop all others.
  const first = acme({ affiliateId: AFFILIATES.length + 1, ...changes });
  const others = affiliates.map((affiliateId): [string, Declared] => [
    `affiliate-${affiliateId}`,
    { ...acme({ affiliateId, ...changes }), after: ["first"] },
  ]);
  return { first, ...Object.fromEntries(others) };
}

/** Every request to an endpoint goes wrong: each affiliate's or postback's in its own way. */
function injectFault({ cake }: World, on: Operation, field: string, firstValue: number): void {
  FAULTS.forEach((fault, index) => {
    cake.injectFault({
      on,
      fault,
      times: Infinity,
      where: ({ fields }) => fields[field] === firstValue + index,
    });
  });
}

/** What lies in all files below a folder. */
function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "utf8"));
}

withCli("the API key", () => {
  it("is nowhere in what a run says and leaves behind in which everything fails that can fail", async () => {
    const home = temporaryFolder();
    await using world = await openWorld({
      workDir: project("declared.ts"),
      instances: { cake: { apiKey: CANARY } },
      config: {
        "cake:requestTimeout": { value: "1" },
        "cake:operationTimeout": { value: "1" },
        "cake:listLag": { value: "0" },
      },
      env: { HOME: home, XDG_STATE_HOME: join(home, "state"), XDG_CACHE_HOME: join(home, "cache") },
    });
    const { stack, cake } = world;
    const seen: string[] = [];
    const onOutput = (text: string) => seen.push(text);
    const mustFail = async (operation: Promise<OperationResult>) => {
      const { message, stdout, stderr, failed, stack: trace } = await failureOf(operation);
      seen.push(message, stdout, stderr, JSON.stringify(failed), trace ?? "");
    };
    const struckOn = (operation: Operation) =>
      cake.requests.filter((request) => request.fault && request.operation === operation).length;

    await declare(world, postbacks({ affiliateId: 0, offerId: CANARY }));
    await mustFail(stack.preview({ diff: true, onOutput }));

    const unlisted: Fault = { kind: "refused", message: `No list for ${CANARY}` };
    const failCreates = async (affiliates: number[]) => {
      cake.forgetRequests();
      await declare(world, postbacks({}, affiliates));
      await mustFail(stack.up({ continueOnError: true, onOutput }));
      return struckOn("create");
    };
    injectFault(world, "create", "affiliate_id", 1);
    expect(await failCreates(REFUSED), "refused creates").toBe(REFUSALS.length);
    cake.injectFault({ on: "list", fault: unlisted, times: Infinity, where: () => struckOn("create") > 0 });
    for (const affiliateId of AFFILIATES.slice(REFUSALS.length)) {
      expect(await failCreates([affiliateId]), `creates for affiliate ${affiliateId}`).toBe(1);
    }

    cake.recover();
    await declare(world, postbacks({}));
    stack.setEnv("CAKE_ON_EXISTING", "adopt");
    await stack.up({ onOutput });
    expect(cake.postbacks().length, "postbacks to go on with").toBeGreaterThanOrEqual(FAULTS.length);

    cake.injectFault({ on: "list", fault: unlisted, times: Infinity });
    await mustFail(stack.refresh({ onOutput }));
    cake.recover();

    injectFault(world, "update", "postback_id", cake.postbacks()[1]?.postbackId ?? 0);
    cake.forgetRequests();
    await declare(world, postbacks({ postbackUrl: "https://new.example/postback?cid=#s2#" }));
    await mustFail(stack.up({ continueOnError: true, onOutput }));
    // The first one whose outcome is unclear stops the others.
    expect(struckOn("update"), "failed updates").toBeGreaterThanOrEqual(1);
    await mustFail(stack.destroy({ continueOnError: true, onOutput }));

    const said = seen.join("\n");
    expect(said.split("***").length, "places where the key was taken out").toBeGreaterThan(FAULTS.length);
    const left = [await readableState(stack), JSON.stringify(await stack.outputs()), ...textsIn(home)];
    expect(leaksOf(CANARY, [said, ...left].join("\n"))).toEqual([]);
  });
});
