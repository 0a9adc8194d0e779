import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { runAction } from "../unit/examples/actions";
import { copyOf, repository, temporaryFolder } from "./support/places";
import { openWorld, type World, withCli } from "./support/world";

withCli("the composite actions", () => {
  it("review and compare a stack with the real CLI, as the workflows call them", {
    timeout: 180_000,
  }, async () => {
    const workDir = copyOf("quickstart");
    await using world = await openWorld({ workDir });
    const { stack, cake } = world;
    const run = (name: string) => runAction(name, { stack: stack.name }, place(world));
    await stack.up();

    expect(await run("drift")).toMatchObject({
      isSuccess: true,
      outputs: { drifted: "no", summary: "Postbacks in CAKE are as the stack dev says" },
    });
    const first = cake.postbacks().find(({ offerId }) => offerId === 12_345);
    cake.edit(first?.postbackId ?? 0, { postbackUrl: "https://other.example/pb?cid=#s2#" });
    const drift = await run("drift");
    expect(drift.outputs).toMatchObject({
      drifted: "yes",
      summary: "Postbacks in CAKE differ from the stack dev: 1 to update",
    });
    expect(drift.log).toContain("acme-summer-sale update [diff: ~postbackUrl");

    // A preview does not read CAKE, so the review is of what the program changes: nothing.
    const review = await run("review");
    expect(review.outputs.verdict).toBe("passes");
    expect(review.summary).toContain("## Postbacks: 0 new, 0 changed, 0 replaced, 0 removed");
    expect(review.summary).toContain("2 unchanged");
    for (const text of [JSON.stringify(drift), JSON.stringify(review)])
      expect(text).not.toContain(cake.apiKey);
  });
});

/** The checkout of a job: the project with its packages, on the stack of a test. */
function place(world: World) {
  const workspace = world.stack.workDir;
  // The build leaves a file that cannot be started, as the installation of a package makes it one.
  const command = join(workspace, "node_modules/.bin/pulumi-cake");
  mkdirSync(dirname(command), { recursive: true });
  writeFileSync(command, `#!/bin/sh\nexec node "${join(repository, "dist/cli/main.js")}" "$@"\n`);
  chmodSync(command, 0o755);
  return { workspace, temp: temporaryFolder(), env: world.stack.environment() };
}
