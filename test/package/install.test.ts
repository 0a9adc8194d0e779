import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startSandbox } from "../../provider/sandbox";
import { engines } from "../stack/engines";
import { install, type ProjectKind, pack, typeCheck } from "./installed";

const PULUMI = "3.248.0";
const KINDS: ProjectKind[] = [
  { manager: "npm", modules: "commonjs", pulumi: PULUMI },
  { manager: "npm", modules: "module", pulumi: PULUMI },
  { manager: "pnpm workspace", modules: "commonjs", pulumi: PULUMI },
];

const tarball = pack();
const folders: string[] = [dirname(tarball)];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(KINDS)("installed from the packed package with $manager into a $modules project", (kind) => {
  test("the quickstart compiles, comes up, stays as it is, refreshes and is taken down", async () => {
    const project = install(tarball, kind);
    folders.push(project);
    typeCheck(project);
    await using sandbox = await startSandbox();
    const cake = sandbox.instance();
    for (const engine of engines) {
      const name = engine.name.replaceAll(" ", "-");
      const stack = await engine.create({
        stackName: name,
        workDir: project,
        env: { CAKE_API_KEY: cake.apiKey },
      });
      try {
        await stack.setConfig("cake:domain", { value: cake.url });
        stack.setEnv("CAKE_ON_EXISTING", "adopt");
        expect((await stack.up()).changeSummary).toMatchObject({ create: 3 });
        cake.forgetRequests();
        expect((await stack.up()).changeSummary).toEqual({ same: 3 });
        expect(cake.requests).toEqual([]);
        expect((await stack.refresh()).changeSummary).toEqual({ same: 3 });
        await stack.destroy();
        expect(
          cake
            .postbacks()
            .filter(({ affiliateId }) => affiliateId === 67890)
            .map((row) => row.postbackStatus),
        ).toEqual(["inactive", "inactive"]);
      } finally {
        await stack.dispose();
      }
    }
  });
});
