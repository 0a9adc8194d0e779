import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, test } from "vitest";
import { isLong } from "../long";
import { engines } from "../stack/engines";
import { install, PULUMI, pack, typeCheck, useModules } from "./installed";
import { runQuickstart } from "./quickstart";

const tarball = pack();
const folders: string[] = [dirname(tarball)];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("the packed package", () => {
  test("runs the quickstart in a project, as CommonJS and as ES module", async () => {
    const project = install(tarball, { modules: "commonjs", pulumi: PULUMI });
    folders.push(project);
    for (const modules of ["commonjs", "module"] as const) {
      // What a CommonJS program does, the examples show.
      if (!isLong && modules === "commonjs") continue;
      useModules(project, modules);
      typeCheck(project);
      for (const engine of engines) await runQuickstart(project, engine);
    }
  });
});
