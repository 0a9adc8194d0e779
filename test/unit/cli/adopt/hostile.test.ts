import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakePulumi } from "./fakePulumi";
import { adopt, adoptedIn, codeIn, open, postback, secretsAside, URL_OF } from "./projects";
import { declaredBy, explicit } from "./support";

const NAMES = [
  "__proto__",
  "constructor",
  "../../evil",
  "index",
  "con",
  "\u202egpj.exe",
  "\u001b[31mred",
  '"; process.exit(); //',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a name may look like code
  "`${process.exit()}`",
  "x".repeat(5_000),
  "404",
  "https://user:s3cr3t@acme.example/?token=s3cr3t",
  "acme",
  "Acme!",
];

describe("hostile names of partners", () => {
  it.each(["\n", "\r\n"])(
    "give plain names, each its own, in a file with %j at its line ends",
    async (end) => {
      const rows = NAMES.map((_, index) => postback(1 + index, { affiliateId: 1 + index, offerId: 5 }));
      const project = await open(rows);
      const cells = NAMES.map((name, index) => `${1 + index},"${name.replaceAll('"', '""')}"`);
      writeFileSync(join(project.folder, "partners.csv"), ["affiliate_id,name", ...cells, ""].join(end));
      expect(await adopt(project, "--partners", "partners.csv")).toMatchObject({ code: 0 });
      const { postbacks } = adoptedIn(project);
      expect(new Set(postbacks.map(({ name }) => name)).size).toBe(NAMES.length);
      expect(new Set(postbacks.map(({ file }) => file)).size).toBe(NAMES.length);
      for (const { name, file } of postbacks)
        expect(`${name}/${file}`).toMatch(/^[a-z0-9-]{1,40}\/[a-z0-9-]+\.ts$/);
      expect(JSON.stringify(postbacks)).not.toContain("s3cr3t");
      expect(postbacks.map(({ file }) => file)).not.toContain("con.ts");
      const declared = declaredBy(codeIn(project), secretsAside(project) as Record<string, string>).map(
        explicit,
      );
      const urls = (all: readonly { postbackUrl: string }[]) =>
        all.map(({ postbackUrl }) => postbackUrl).sort();
      expect(urls(declared)).toEqual(urls(rows));
    },
  );
});

describe("a URL with a thousand secrets", () => {
  it("comes back byte for byte, and none of them is in the code", async () => {
    const url = `${URL_OF}${Array.from({ length: 1_000 }, (_, index) => `&token=s3cr3t${index}`).join("")}`;
    const project = await open([postback(1, { postbackUrl: url })]);
    expect(await adopt(project)).toMatchObject({ code: 0 });
    const code = codeIn(project);
    expect([...code.values()].join("")).not.toContain("s3cr3t");
    expect(declaredBy(code, secretsAside(project) as Record<string, string>)[0]?.args.postbackUrl).toBe(url);
  });
});

describe("a project that stands in the way", () => {
  it.each(["postbacks", ".pulumi-cake"])(
    "with a file named %s ends with 2 and loses nothing",
    async (name) => {
      const project = await open([postback(1)]);
      writeFileSync(join(project.folder, name), "mine");
      expect((await adopt(project)).code).toBe(2);
      expect(readFileSync(join(project.folder, name), "utf8")).toBe("mine");
    },
  );

  it.skipIf(process.getuid?.() === 0)(
    "by a folder that cannot be written gets nothing, and no half of it",
    async () => {
      const project = await open([postback(1)]);
      const pulumi = new FakePulumi(project);
      mkdirSync(join(project.folder, "postbacks"), { mode: 0o555 });
      const { code, said } = await pulumi.adopt("--apply");
      expect(code).toBe(2);
      expect(said).toContain("cannot be written (EACCES)");
      expect(readdirSync(join(project.folder, "postbacks"))).toEqual([]);
      expect(pulumi.imported()).toEqual([]);
      chmodSync(join(project.folder, "postbacks"), 0o755);
      expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    },
  );

  it("with a file that an import would find instead of the folder gets a line that names the folder's index", async () => {
    const project = await open([postback(1)]);
    writeFileSync(join(project.folder, "postbacks.ts"), "export {};\n");
    expect((await adopt(project)).out).toContain('  import "./postbacks/index";\n');
  });

  it("whose list came with Windows line ends changes nothing in a second run", async () => {
    const project = await open([postback(1)]);
    const pulumi = new FakePulumi(project);
    await pulumi.adopt("--apply");
    const files = join(project.folder, "postbacks");
    for (const [name, text] of codeIn(project))
      writeFileSync(join(files, name), text.replaceAll("\n", "\r\n"));
    const before = codeIn(project);
    expect((await pulumi.adopt("--apply")).out).toContain("Nothing to adopt. Nothing was written.");
    expect(codeIn(project)).toEqual(before);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
  });
});
