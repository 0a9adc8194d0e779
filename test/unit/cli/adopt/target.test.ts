import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakePulumi } from "./fakePulumi";
import { adopt, open, postback } from "./projects";

describe("the stack that the user names", () => {
  it("stands in every command that is printed", async () => {
    const project = await open([postback(1)]);
    const { out } = await adopt(project, "--stack", "acme/shop/prod");
    const commands = out.split("\n").filter((line) => /\bpulumi (?:config|import|preview)\b/.test(line));
    expect(commands).toHaveLength(3);
    for (const one of commands) expect(one).toContain(" --stack acme/shop/prod");
  });

  it("stands in what is said of a preview that shows changes, and of a missing CLI", async () => {
    const project = await open([postback(1)]);
    const pulumi = new FakePulumi(project);
    pulumi.previews("verified", { changeSummary: { same: 1, update: 1 } });
    const { code, out } = await pulumi.adopt("--apply", "--stack", "prod");
    expect(code).toBe(1);
    expect(out).toContain("Next:\n  pulumi preview --diff --stack prod\n");
    rmSync(join(project.folder, "bin"), { recursive: true });
    expect((await pulumi.adopt("--stack", "prod")).said).toContain('"pulumi stack export --stack prod >');
  });
});

describe("a CLI whose import file cannot carry a state", () => {
  it.each([
    ["3.253.0", 2],
    ["2.999.0", 2],
    ["3.254.0", 0],
    ["4.0.0", 0],
  ])("of version %s ends with %i, and nothing is read or written if that is 2", async (version, code) => {
    const project = await open([postback(1)]);
    const pulumi = new FakePulumi(project, version);
    const ended = await pulumi.adopt();
    expect(ended.code).toBe(code);
    if (code === 0) return;
    expect(ended.said).toContain(`needs version 3.254 of the Pulumi CLI or newer, found ${version}`);
    expect(project.cake.requests).toEqual([]);
    expect(readdirSync(project.folder)).not.toContain("postbacks");
  });
});

describe("the instance that the user names", () => {
  it("is refused before any call where the stack works on another one", async () => {
    const project = await open([postback(1)]);
    const pulumi = new FakePulumi(project);
    pulumi.config({ "cake:domain": { value: "https://Other.Example/", secret: false } });
    const { code, said } = await pulumi.adopt("--domain", project.cake.url);
    expect(code).toBe(2);
    expect(said).toContain(`--domain is ${project.cake.domain}`);
    expect(said).toContain("cake:domain is other.example");
    expect(project.cake.requests).toEqual([]);
  });

  it("may be the stack's own, however it is written", async () => {
    const project = await open([postback(1)]);
    const pulumi = new FakePulumi(project);
    const { code } = await pulumi.adopt("--dry-run", "--domain", `${project.cake.url}/`);
    expect(code).toBe(0);
  });
});
