import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isLong } from "../long";
import { openWorld } from "../runner/world";
import { example, fillIn } from "../stack/support/places";
import { installWith, pack, temporary, typeCheck, useTarball } from "./installed";
import { isRunnable, managers } from "./managers";

const tarball = pack();
const folders: string[] = [join(tarball, "..")];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const tried = managers.filter(({ isAlwaysTested }) => isLong || isAlwaysTested);

describe("the starter", () => {
  for (const manager of tried) {
    const isSkipped = !isRunnable(manager);
    const why = isSkipped ? ` (skipped: it needs Node ${manager.node?.join(".")})` : "";
    it.skipIf(isSkipped)(`is installed by ${manager.name}, type-checks and comes up${why}`, async () => {
      const project = temporary("starter");
      folders.push(project);
      cpSync(example("starter"), project, { recursive: true });
      fillIn(project, "our-postbacks");
      useTarball(project, tarball);

      installWith(manager, project);

      // npm publishes no .gitignore, so the template brings its own under another name.
      expect(existsSync(join(project, ".gitignore"))).toBe(true);
      typeCheck(project);
      await using world = await openWorld(project);
      expect((await world.stack.up()).changeSummary).toEqual({ create: 4 });
    });
  }
});
