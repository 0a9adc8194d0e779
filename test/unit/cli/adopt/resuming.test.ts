import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sampled } from "../../../long";
import { FakePulumi } from "./fakePulumi";
import { adopt, adoptedIn, aside, codeIn, imported, open, type Project, postback, takeIn } from "./projects";

const TWO = { "acme-token": "t1x", "acme-token-2": "t2x" };
const at = ({ folder }: Project, file: string) => join(folder, "postbacks", file);

async function opened(): Promise<{ project: Project; pulumi: FakePulumi }> {
  const project = await open([postback(1), postback(2)]);
  return { project, pulumi: new FakePulumi(project) };
}

describe("an adoption that was interrupted", () => {
  it("between the list and the code stops, says how to go on, and goes on that way", async () => {
    const { project, pulumi } = await opened();
    await pulumi.adopt();
    const [code, calls] = [codeIn(project), project.cake.requests.length];
    for (const file of code.keys()) if (file !== "adopted.json") rmSync(at(project, file));
    const stopped = await pulumi.adopt("--apply");
    expect(stopped.code).toBe(2);
    expect(stopped.said).toContain(
      "postbacks/adopted.json names postbacks/acme.ts, and no such file exists.",
    );
    expect(stopped.said).toContain("remove its entries (1, 2) from the list");
    expect([...codeIn(project).keys()]).toEqual(["adopted.json"]);
    expect(project.cake.requests).toHaveLength(calls);
    writeFileSync(at(project, "adopted.json"), JSON.stringify({ ...adoptedIn(project), postbacks: [] }));
    expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    expect(codeIn(project)).toEqual(code);
    expect(pulumi.imported()).toEqual(["1", "2"]);
  });

  it("between the code and the index, or before the shared file, gets the index and no other code", async () => {
    const { project, pulumi } = await opened();
    await pulumi.adopt();
    const code = codeIn(project);
    rmSync(at(project, "index.ts"));
    const { out } = await pulumi.adopt("--apply");
    expect(out).toContain("0 to adopt, 2 written, not imported");
    expect(codeIn(project)).toEqual(code);
  });

  it("between the code and the import is finished without writing code, whatever the options select", async () => {
    const { project, pulumi } = await opened();
    await pulumi.adopt();
    rmSync(join(project.folder, ".pulumi-cake"), { recursive: true });
    const edited = `// Somebody's remark.\n${readFileSync(at(project, "acme.ts"), "utf8")}`;
    writeFileSync(at(project, "acme.ts"), edited);
    const code = codeIn(project);
    expect(await pulumi.adopt("--apply", "--affiliate", "99")).toMatchObject({ code: 0 });
    expect(pulumi.secrets()).toEqual(TWO);
    expect(pulumi.imported()).toEqual(["1", "2"]);
    expect(codeIn(project)).toEqual(code);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
    expect((await pulumi.adopt("--apply")).out).toContain("Nothing to adopt. Nothing was written.");
  });

  it("in the middle of the import is finished, and what was imported is not imported again", async () => {
    const project = await open([postback(1), postback(2), postback(3)]);
    await adopt(project);
    const { resources } = JSON.parse(readFileSync(aside(project, "import.json"), "utf8"));
    writeFileSync(aside(project, "import.json"), JSON.stringify({ resources: resources.slice(0, 2) }));
    takeIn(project);
    const { out } = await adopt(project);
    expect(out).toContain("2 managed by this stack already, 0 to adopt, 1 written, not imported");
    expect(imported(project).map(({ id }) => id)).toEqual(["3"]);
  });

  it("because the import failed leaves no file with URLs, and is finished by the next run", async () => {
    const { project, pulumi } = await opened();
    pulumi.refuse("import --file");
    expect(await pulumi.adopt("--apply")).toMatchObject({
      code: 2,
      said: expect.stringContaining("no passphrase"),
    });
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
    pulumi.refuse(undefined);
    expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    expect(pulumi.imported()).toEqual(["1", "2"]);
  });

  it("because the secrets could not be set imports nothing, and is finished by the next run", async () => {
    const { project, pulumi } = await opened();
    pulumi.refuse("config set");
    const failed = await pulumi.adopt("--apply");
    expect(failed).toMatchObject({ code: 2, said: expect.stringContaining("no passphrase") });
    expect(failed.said).toMatch(
      /nothing was imported\. Correct what Pulumi says, then run again: error: no passphrase \[adopt-secrets-not-set\]$/m,
    );
    expect(pulumi.imported()).toEqual([]);
    pulumi.refuse(undefined);
    expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    expect(pulumi.secrets()).toEqual(TWO);
    expect(codeIn(project).size).toBe(4);
  });
});

describe("an adoption that was killed", () => {
  const KILLS: readonly [step: string, NodeJS.Signals][] = [
    ["stack export", "SIGKILL"],
    ["config --json", "SIGKILL"],
    ["config set", "SIGKILL"],
    ["preview", "SIGKILL"],
    ["import --file", "SIGKILL"],
    ["import --file", "SIGINT"],
    ["import --file", "SIGTERM"],
  ];
  it.each(sampled(KILLS, 3))(
    "during %s by %s is finished by the next run, and no file with secrets is left",
    async (step, signal) => {
      const { project, pulumi } = await opened();
      pulumi.interrupt(step, signal);
      expect((await pulumi.adopt("--apply")).code).not.toBe(0);
      expect(pulumi.imported()).toEqual([]);
      if (signal !== "SIGKILL") expect(existsSync(aside(project, "import.json"))).toBe(false);
      pulumi.interrupt(undefined);
      expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
      expect(pulumi.secrets()).toEqual(TWO);
      expect(pulumi.imported()).toEqual(["1", "2"]);
      expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
    },
  );

  it("after all was imported leaves nothing to adopt, and the next run removes its files", async () => {
    const { project, pulumi } = await opened();
    await pulumi.adopt("--apply");
    mkdirSync(join(project.folder, ".pulumi-cake"));
    writeFileSync(aside(project, "import.json"), "{}");
    expect((await pulumi.adopt("--apply")).out).toContain("Nothing to adopt.");
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
  });
});

describe("a later adoption", () => {
  it("for the same affiliate writes a new file, and opens no other", async () => {
    const project = await open([postback(1)]);
    await adopt(project);
    takeIn(project);
    writeFileSync(at(project, "acme.ts"), "// Somebody has rewritten all of it, }}} and left it broken.\n");
    const before = codeIn(project);
    project.cake.add(postback(2));
    expect((await adopt(project)).out).toContain("  postbacks/acme-2.ts\n");
    const after = codeIn(project);
    for (const file of ["acme.ts", "shared.ts"]) expect(after.get(file)).toBe(before.get(file));
    expect(after.get("index.ts")).toContain('import "./acme";\nimport "./acme-2";\n');
    expect(adoptedIn(project).postbacks.map(({ id, file }) => [id, file])).toEqual([
      [1, "acme.ts"],
      [2, "acme-2.ts"],
    ]);
  });

  it("is refused where the list is of another CAKE instance, whose IDs mean other postbacks", async () => {
    const project = await open([postback(1)]);
    await adopt(project);
    const list = { ...adoptedIn(project), instance: "other.example" };
    writeFileSync(at(project, "adopted.json"), JSON.stringify(list));
    const { code, said } = await adopt(project);
    expect(code).toBe(2);
    expect(said).toContain(`holds postbacks of other.example, and this run read ${project.cake.domain}`);
  });

  it("does not write among those of somebody else, where a name differs by case alone", async () => {
    const project = await open([postback(1)]);
    mkdirSync(join(project.folder, "postbacks"));
    writeFileSync(at(project, "Index.ts"), "export const own = 1;\n");
    const { code, said } = await adopt(project);
    expect(code).toBe(2);
    expect(said).toContain("postbacks/Index.ts exists, and there is no adopted.json beside it");
    expect([...codeIn(project).keys()]).toEqual(["Index.ts"]);
  });

  it("finds what it wrote unchanged after Git has checked it out with the ends of lines of Windows", async () => {
    const { project, pulumi } = await opened();
    await pulumi.adopt();
    for (const [name, text] of codeIn(project))
      writeFileSync(at(project, name), text.replaceAll("\n", "\r\n"));
    const code = codeIn(project);
    const { out } = await pulumi.adopt("--apply");
    expect(out).not.toContain("Written:");
    expect(codeIn(project)).toEqual(code);
    expect(pulumi.imported()).toEqual(["1", "2"]);
  });

  it("does not write among the postbacks of somebody else", async () => {
    const project = await open([postback(1)]);
    mkdirSync(join(project.folder, "postbacks"));
    writeFileSync(at(project, "index.ts"), "export const own = 1;\n");
    const { code, said } = await adopt(project);
    expect(code).toBe(2);
    expect(said).toContain("postbacks/index.ts exists, and there is no adopted.json beside it");
    renameSync(at(project, "index.ts"), at(project, "acme.ts"));
    await adopt(project);
    expect(codeIn(project).get("acme.ts")).toBe("export const own = 1;\n");
    expect([...codeIn(project).keys()]).toContain("acme-2.ts");
  });
});
