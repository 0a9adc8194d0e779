import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakePulumi } from "./fakePulumi";
import {
  adopt,
  aside,
  codeIn,
  imported,
  open,
  type Project,
  postback,
  secretsAside,
  takeIn,
  URL_OF,
} from "./projects";

const TWO = { "acme-token": "t1x", "acme-token-2": "t2x" };

function edit(project: Project, file: string, change: (text: string) => string): void {
  const path = join(project.folder, "postbacks", file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

describe("the secrets of an adoption that goes on", () => {
  it("are set by a run that only has to import what is in the code", async () => {
    const project = await open([postback(1), postback(2)]);
    const pulumi = new FakePulumi(project);
    await pulumi.adopt();
    rmSync(join(project.folder, ".pulumi-cake"), { recursive: true });
    const code = codeIn(project);
    expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    expect(pulumi.secrets()).toEqual(TWO);
    expect(pulumi.imported()).toEqual(["1", "2"]);
    expect(codeIn(project)).toEqual(code);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
  });

  it("stay aside where setting them failed, and are set by the next run", async () => {
    const project = await open([postback(1), postback(2)]);
    const pulumi = new FakePulumi(project);
    pulumi.refuse("config set");
    const failed = await pulumi.adopt("--apply");
    expect(failed).toMatchObject({ code: 2, said: expect.stringContaining("no passphrase") });
    expect(failed.said).toContain("The secrets are kept in .pulumi-cake");
    expect(secretsAside(project)).toEqual(TWO);
    expect(pulumi.imported()).toEqual([]);
    pulumi.refuse(undefined);
    expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    expect(pulumi.secrets()).toEqual(TWO);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
  });

  it("come from the file of the earlier run where a person has rewritten the code", async () => {
    const project = await open([postback(1)]);
    const pulumi = new FakePulumi(project);
    await pulumi.adopt();
    edit(project, "affiliate-100.ts", (text) =>
      text
        .replace('secret("acme-token")', "token")
        .replace("\nnew ", '\nconst token = secret("acme-token");\n\nnew '),
    );
    await pulumi.adopt("--apply");
    expect(pulumi.secrets()).toEqual({ "acme-token": "t1x" });
  });

  it("never take the place of what the stack has", async () => {
    const project = await open([postback(1), postback(2)]);
    const pulumi = new FakePulumi(project);
    await pulumi.adopt();
    const value = JSON.stringify({ "acme-token": "newer", own: "mine" });
    pulumi.config({ "shop:postbackSecrets": { value, secret: true } });
    await pulumi.adopt("--apply");
    expect(pulumi.secrets()).toEqual({ "acme-token": "newer", own: "mine", "acme-token-2": "t2x" });
  });

  it("are not set again where the stack has them all", async () => {
    const project = await open([postback(1), postback(2)]);
    const pulumi = new FakePulumi(project);
    await pulumi.adopt();
    pulumi.config({ "shop:postbackSecrets": { value: JSON.stringify(TWO), secret: true } });
    await pulumi.adopt("--apply");
    expect(pulumi.asked().filter((one) => one.startsWith("config set"))).toEqual([]);
  });

  it("are not read from a file that was cut off, and it is not overwritten", async () => {
    const project = await open([postback(1)]);
    await adopt(project);
    writeFileSync(aside(project, "secrets.json"), '{"acme-token": "t1');
    const { code, said } = await adopt(project);
    expect(code).toBe(2);
    expect(said).toContain(".pulumi-cake/secrets.json, which an earlier run left,");
    expect(said).not.toContain("t1");
    expect(readFileSync(aside(project, "secrets.json"), "utf8")).toBe('{"acme-token": "t1');
  });
});

describe("the secrets of a later run where there is no CLI", () => {
  it("are written again where the first run was never taken in", async () => {
    const project = await open([postback(1), postback(2)]);
    await adopt(project);
    rmSync(join(project.folder, ".pulumi-cake"), { recursive: true });
    const { out } = await adopt(project);
    expect(out).toContain("pulumi config set --secret postbackSecrets < .pulumi-cake/secrets.json");
    expect(secretsAside(project)).toEqual(TWO);
  });

  async function afterOneRun(): Promise<Project> {
    const project = await open([postback(1)]);
    await adopt(project);
    takeIn(project);
    rmSync(join(project.folder, ".pulumi-cake"), { recursive: true });
    return project;
  }

  it("are written with those of the earlier run, because the setting holds all at once", async () => {
    const project = await afterOneRun();
    project.cake.add(postback(2));
    expect(await adopt(project)).toMatchObject({ code: 0 });
    expect(imported(project).map(({ id }) => id)).toEqual(["2"]);
    expect(secretsAside(project)).toEqual(TWO);
  });

  it("keep their name where another record has the same value", async () => {
    const project = await afterOneRun();
    project.cake.add(postback(2, { postbackUrl: `${URL_OF}&token=t1x` }));
    await adopt(project);
    expect(secretsAside(project)).toEqual({ "acme-token": "t1x" });
  });

  it("are not written where one of them cannot be known, and nothing else is either", async () => {
    const project = await afterOneRun();
    edit(project, "affiliate-100.ts", (text) => `${text}\nexport const own = secret("own-key");\n`);
    const code = codeIn(project);
    project.cake.add(postback(2));
    const { code: ended, said } = await adopt(project);
    expect(ended).toBe(2);
    expect(said).toContain("whose values CAKE's list does not tell: own-key.");
    expect(codeIn(project)).toEqual(code);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
  });

  it("do not matter where what is new needs none", async () => {
    const project = await afterOneRun();
    edit(project, "affiliate-100.ts", (text) => `${text}\nexport const own = secret("own-key");\n`);
    project.cake.add(postback(2, { postbackUrl: URL_OF }));
    const { code, out } = await adopt(project);
    expect(code).toBe(0);
    expect(out).not.toContain("config set");
    expect(existsSync(aside(project, "secrets.json"))).toBe(false);
  });
});
