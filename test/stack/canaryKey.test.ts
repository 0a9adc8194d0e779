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

/** Answers that hand the key back in every spelling, and answers that are none. */
const FAULTS: readonly Fault[] = [
  ...Object.values(spellings(CANARY)).map(
    (form): Fault => ({ kind: "refused", message: `Not for ${form}!` }),
  ),
  { kind: "status", status: 500, body: `<h1>${CANARY}</h1>` },
  { kind: "redirect", status: 302, location: `https://login.example/?api_key=${encodeURIComponent(CANARY)}` },
  { kind: "altered", alter: () => ({ request_status: CANARY }) },
  { kind: "brokenOff" },
  { kind: "reset" },
  { kind: "hang" },
];
const AFFILIATES = FAULTS.map((_, index) => index + 1);

function postbacks(changes: Declared["args"]): Record<string, Declared> {
  // Its writes are proven first: else one that ends unclear would stop all others.
  const first = acme({ affiliateId: AFFILIATES.length + 1, ...changes });
  const others = AFFILIATES.map((affiliateId): [string, Declared] => [
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
    const struck = () => cake.requests.filter(({ fault }) => fault).length;

    await declare(world, postbacks({ affiliateId: 0, offerId: CANARY }));
    await mustFail(stack.preview({ diff: true, onOutput }));

    await declare(world, postbacks({}));
    const unlisted: Fault = { kind: "refused", message: `No list for ${CANARY}` };
    cake.injectFault({ on: "list", fault: unlisted, times: Infinity, where: () => struck() > 0 });
    injectFault(world, "create", "affiliate_id", 1);
    await mustFail(stack.up({ continueOnError: true, onOutput }));
    expect(struck(), "failed creates").toBeGreaterThanOrEqual(FAULTS.length);

    cake.recover();
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
    expect(struck(), "failed updates").toBeGreaterThanOrEqual(1);
    await mustFail(stack.destroy({ continueOnError: true, onOutput }));

    const said = seen.join("\n");
    expect(said.split("***").length, "places where the key was taken out").toBeGreaterThan(FAULTS.length);
    const left = [await readableState(stack), JSON.stringify(await stack.outputs()), ...textsIn(home)];
    expect(leaksOf(CANARY, [said, ...left].join("\n"))).toEqual([]);
  });
});
