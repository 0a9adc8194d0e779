import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startSandbox } from "../../provider/sandbox";
import { isLong } from "../long";
import { type Engine, engines } from "../stack/engines";
import { install, type ProjectKind, pack, typeCheck, useModules } from "./installed";

const PULUMI = "3.248.0";

const tarball = pack();
const folders: string[] = [dirname(tarball)];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function installed(kind: ProjectKind): string {
  const project = install(tarball, kind);
  folders.push(project);
  return project;
}

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
  test("runs the quickstart in an npm project, as CommonJS and as ES module", async () => {
    const project = installed({ manager: "npm", modules: "commonjs", pulumi: PULUMI });
    for (const modules of ["commonjs", "module"] as const) {
      useModules(project, modules);
      typeCheck(project);
      // What a CommonJS program does, the examples show.
      if (isLong || modules === "module") for (const engine of engines) await live(project, engine);
    }
  });

  test.runIf(isLong)("runs the quickstart in a pnpm workspace", async () => {
    const project = installed({ manager: "pnpm workspace", modules: "commonjs", pulumi: PULUMI });
    typeCheck(project);
    for (const engine of engines) await live(project, engine);
  });
});
