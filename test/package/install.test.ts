import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startSandbox } from "../../provider/sandbox";
import { isLong } from "../long";
import { type Engine, engines } from "../stack/engines";
import { install, PULUMI, pack, typeCheck, useModules } from "./installed";

const tarball = pack();
const folders: string[] = [dirname(tarball)];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The quickstart comes up, stays as it is, and is taken down. */
async function live(project: string, { name, create }: Engine): Promise<void> {
  await using sandbox = await startSandbox();
  const cake = sandbox.instance();
  const env = {
    CAKE_API_KEY: cake.apiKey,
    CAKE_JOURNAL_DIR: join(project, "notes"),
    // The types have been checked already.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
  const stack = await create({ stackName: name.replaceAll(" ", "-"), workDir: project, env });
  const inactive = () =>
    cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "inactive").length;
  try {
    await stack.setConfig("cake:domain", { value: cake.url });
    expect((await stack.up()).changeSummary).toMatchObject({ create: 3 });
    cake.forgetRequests();
    expect((await stack.up()).changeSummary).toEqual({ same: 3 });
    expect(cake.requests).toEqual([]);
    await stack.destroy();
    expect(inactive()).toBe(2);
  } finally {
    await stack.dispose();
  }
}

describe("the packed package", () => {
  test("runs the quickstart in a project, as CommonJS and as ES module", async () => {
    const project = install(tarball, { modules: "commonjs", pulumi: PULUMI });
    folders.push(project);
    for (const modules of ["commonjs", "module"] as const) {
      useModules(project, modules);
      typeCheck(project);
      // What a CommonJS program does, the examples show.
      if (isLong || modules === "module") for (const engine of engines) await live(project, engine);
    }
  });
});
