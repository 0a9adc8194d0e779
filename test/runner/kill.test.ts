import { watch } from "node:fs";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { engines } from "../stack/engines";
import { program } from "./agreement/recording";
import { type Spec, World } from "./agreement/spec";
import { OperationError, type Stack } from "./types";

const two = (hang?: string): Spec => ({
  resources: [
    { name: "a", props: { value: 1 } },
    { name: "b", props: { value: 1, ...(hang !== undefined && { hang }) }, opts: { dependsOn: ["a"] } },
  ],
});

async function untilItHangs(world: World): Promise<number> {
  const watcher = watch(world.folder);
  try {
    while (world.hangingPid === undefined) await new Promise((resolve) => watcher.once("change", resolve));
  } finally {
    watcher.close();
  }
  return world.hangingPid;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const accepts = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [host = "", port = ""] = address.split(":");
    const socket = connect(Number(port), host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => undefined).once("connect", () => socket.destroy());
  });

const pendingIn = async (stack: Stack): Promise<string[]> => {
  const { deployment } = await stack.exportStack();
  const pending = (deployment.pending_operations ?? []) as { type: string; resource: { urn: string } }[];
  return pending.map(({ type, resource }) => `${type} ${resource.urn.split("::").at(-1)}`);
};

const resourcesIn = async (stack: Stack): Promise<string[]> => {
  const { deployment } = await stack.exportStack();
  const resources = (deployment.resources ?? []) as { urn: string; id?: string }[];
  return resources.flatMap(({ urn, id }) => (urn.includes("providers:") || id === undefined ? [] : [id]));
};

describe.each(engines)("a run that is killed in the middle, on the $name", ({ create }) => {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const clean of cleanUp.splice(0).reverse()) await clean();
  });

  async function start(): Promise<{ stack: Stack; world: World }> {
    const world = new World();
    const stack = await create({ stackName: "dev", workDir: program, env: { RECORDED_WORLD: world.folder } });
    cleanUp.push(
      () => world.dispose(),
      () => stack.dispose(),
    );
    return { stack, world };
  }

  it("leaves the host alive, a pending operation behind, and makes the resource again", async () => {
    const { stack, world } = await start();
    stack.setEnv("RECORDED_SPEC", JSON.stringify(two("create")));
    const run = stack.up({ killable: true }).catch((error: unknown) => error);
    const host = await untilItHangs(world);
    const address = world.newCalls().at(-1)?.engine ?? "";
    expect(await accepts(address)).toBe(true);
    await stack.kill("engine");
    expect(await run).toBeInstanceOf(OperationError);
    expect(isAlive(host)).toBe(true);
    expect(await accepts(address)).toBe(false);
    expect(await resourcesIn(stack)).toEqual(["a-1"]);
    expect(await pendingIn(stack)).toEqual(["creating b"]);

    stack.setEnv("RECORDED_SPEC", JSON.stringify(two()));
    const again = await stack.up();
    expect(again.stdout).toContain("1 pending operations from previous deployment");
    expect(again.changeSummary).toEqual({ create: 1, same: 2 });
    expect(await pendingIn(stack)).toEqual(["creating b"]);
    await stack.refresh({ clearPendingCreates: true });
    expect(await pendingIn(stack)).toEqual([]);
  }, 180_000);

  it("fails the operation when it is the host that is killed", async () => {
    const { stack, world } = await start();
    stack.setEnv("RECORDED_SPEC", JSON.stringify(two("create")));
    const run = stack.up().catch((error: unknown) => error);
    const host = await untilItHangs(world);
    await stack.kill("host");
    const error = await run;
    expect(error).toBeInstanceOf(OperationError);
    expect((error as OperationError).failed.some(({ urn }) => urn.endsWith("::b"))).toBe(true);
    expect(isAlive(host)).toBe(false);
    expect(await resourcesIn(stack)).toEqual(["a-1"]);
  }, 180_000);
});
