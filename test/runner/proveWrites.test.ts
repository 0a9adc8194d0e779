import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { programOf, projectWith } from "../docs/firstPreview";
import { OperationError } from "./types";
import { openWorld } from "./world";

const REPOSITORY = resolve(__dirname, "../..");

/** The program that docs/your-cake.md proves writes with, in a project of its own. */
function project(): { workDir: string; change: () => void } {
  const program = programOf(REPOSITORY, "docs/your-cake.md", "proveWrites");
  const workDir = projectWith(REPOSITORY, "prove-writes", program);
  onTestFinished(() => rmSync(workDir, { recursive: true, force: true }));
  const change = () => writeFileSync(join(workDir, "index.ts"), program.replace("step=1", "step=2"));
  return { workDir, change };
}

describe("writes proven with one inactive postback, as docs/your-cake.md says", () => {
  it("leave one inactive postback behind that CAKE never called", async () => {
    const { workDir, change } = project();
    await using world = await openWorld(workDir);
    const { stack, cake } = world;
    const live = () =>
      cake.postbacks().map(({ postbackUrl, postbackStatus }) => [postbackStatus, postbackUrl]);
    const url = (step: number) => `https://track.partner.example/prove-writes?cid=#s2#&step=${step}`;

    await stack.up();
    expect(live()).toEqual([["inactive", url(1)]]);
    change();
    expect((await stack.up()).changeSummary).toEqual({ update: 1, same: 1 });
    expect(live()).toEqual([["inactive", url(2)]]);
    expect((await stack.refresh()).changeSummary).toEqual({ same: 2 });
    await stack.destroy();
    expect(live()).toEqual([["inactive", url(2)]]);
  });

  it("stop at an update that blanks what it was not sent", async () => {
    const { workDir, change } = project();
    await using world = await openWorld(workDir);
    const { stack, cake } = world;
    await stack.up();
    cake.behave({ update: "blank" });
    change();
    await expect(stack.up()).rejects.toThrow(OperationError);
  });
});
