import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OperationError } from "./types";
import { openWorld } from "./world";

const REPOSITORY = resolve(__dirname, "../..");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project whose program is this text. */
function project(program: string): { workDir: string; rewrite: (program: string) => void } {
  const workDir = mkdtempSync(join(tmpdir(), "cake-runner-program-"));
  folders.push(workDir);
  const runtime = { name: "nodejs", options: { typescript: false } };
  writeFileSync(join(workDir, "Pulumi.yaml"), JSON.stringify({ name: "shop", runtime, main: "index.js" }));
  for (const name of ["pulumi-cake", "@pulumi/pulumi"]) {
    const link = join(workDir, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === "pulumi-cake" ? REPOSITORY : join(REPOSITORY, "node_modules", name), link);
  }
  const rewrite = (text: string) => writeFileSync(join(workDir, "index.js"), text);
  rewrite(program);
  return { workDir, rewrite };
}

const postback = (offerId: number, url = "https://t.example/pb?cid=#s2#") => `
const pulumi = require("@pulumi/pulumi");
const { AffiliatePostback } = require("pulumi-cake");
const one = new AffiliatePostback("one", { affiliateId: 7, offerId: ${offerId}, postbackUrl: "${url}" });
exports.id = one.postbackId;
`;

describe("the stack runner", () => {
  it("previews, creates, sees drift, repairs it and destroys", async () => {
    const { workDir } = project(postback(1));
    await using world = await openWorld(workDir);
    const { stack, cake } = world;

    expect((await stack.preview()).changeSummary).toEqual({ create: 2 });
    expect(cake.requests).toEqual([]);
    const up = await stack.up();
    expect(up.changeSummary).toEqual({ create: 2 });
    const id = cake.lastId;
    expect(up.outputs).toEqual({ id: { value: id, secret: false } });

    cake.edit(id, { postbackUrl: "https://t.example/pb?cid=#s1#" });
    const refreshed = await stack.refresh();
    expect(refreshed.changeSummary).toEqual({ update: 1, same: 1 });
    const shown = await stack.preview({ diff: true });
    expect(shown.changeSummary).toEqual({ update: 1, same: 1 });
    expect(shown.stdout).toContain('~ cid: "#s1#" => "#s2#"');
    await stack.up();
    expect(cake.postback(id)?.postbackUrl).toBe("https://t.example/pb?cid=#s2#");

    expect((await stack.destroy()).changeSummary).toEqual({ delete: 2 });
    expect(cake.postback(id)?.postbackStatus).toBe("inactive");
  });

  it("replaces a postback whose offer changes: first the new one, then the old one", async () => {
    const { workDir, rewrite } = project(postback(1));
    await using world = await openWorld(workDir);
    const { stack, cake } = world;
    await stack.up();
    rewrite(postback(2));
    const { changeSummary, steps } = await stack.up();
    expect(changeSummary).toEqual({ replace: 1, same: 1 });
    expect(steps.map(({ op }) => op)).toEqual(["same", "create-replacement", "replace", "delete-replaced"]);
    expect(cake.postbacks().map(({ offerId, postbackStatus }) => [offerId, postbackStatus])).toEqual([
      [1, "inactive"],
      [2, "active"],
    ]);
  });

  it("ends with the provider's reason, and keeps what was done", async () => {
    const { workDir } = project(postback(1));
    await using world = await openWorld(workDir);
    const { stack, cake } = world;
    cake.injectFault({ on: "create", fault: { kind: "refused", message: "No such offer." } });
    const failure = await stack.up().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OperationError);
    expect((failure as OperationError).failed[0]?.message).toContain("No such offer.");
    expect((await stack.up()).changeSummary).toEqual({ create: 1, same: 1 });
  });

  it("names the feature that a program needs the Pulumi CLI for", async () => {
    const { workDir } = project(`
const pulumi = require("@pulumi/pulumi");
class Other extends pulumi.CustomResource {
  constructor(name) { super("random:index:RandomId", name, {}); }
}
new Other("other");
`);
    await using world = await openWorld(workDir);
    const failure = await world.stack.up().catch((error: unknown) => error);
    expect((failure as OperationError).stderr).toContain(
      "the stack runner does not support resources of the type random:index:RandomId",
    );
  });

  it("shows no secret, and tells the program that an output is one", async () => {
    const { workDir } = project(`
const pulumi = require("@pulumi/pulumi");
const { AffiliatePostback } = require("pulumi-cake");
const postbackUrl = pulumi.secret("https://t.example/pb?cid=#s2#&token=s3cr3t");
const one = new AffiliatePostback("one", { affiliateId: 7, offerId: 1, postbackUrl });
exports.url = one.postbackUrl;
`);
    await using world = await openWorld(workDir);
    const { stack, cake } = world;
    const { outputs, stdout } = await stack.up();
    expect(outputs.url).toEqual({ value: "https://t.example/pb?cid=#s2#&token=s3cr3t", secret: true });
    cake.edit(cake.lastId, { postbackUrl: "https://t.example/pb?cid=#s1#&token=s3cr3t" });
    const shown = [stdout, (await stack.refresh()).stdout, (await stack.preview({ diff: true })).stdout];
    expect(shown.join("\n")).not.toContain("s3cr3t");
  });
});
