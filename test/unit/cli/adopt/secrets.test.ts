import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LAYOUTS } from "../../../../provider/cli/adopt/code/program";
import { SECRET, SECRET_URLS } from "../../postback/secretCases";
import { FakePulumi } from "./fakePulumi";
import { adopt, adoptedIn, codeIn, imported, open, type Project, postback, secretsAside } from "./projects";
import { declaredBy, explicit } from "./support";

// What is not a URL cannot be adopted.
const URLS = SECRET_URLS.filter((url) => /^https:/.test(url));

/** A CAKE with a postback for each URL of the table. */
function openCases(): Promise<Project> {
  return open(
    URLS.map((url, index) => postback(1 + index, { postbackUrl: url, affiliateId: 100 + (index % 5) })),
  );
}

/** Every file of the project that is not there to hold secrets, with its text. */
function filesIn(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !file.endsWith("secrets.json") && statSync(join(folder, file)).isFile())
    .map((file) => [
      file,
      readFileSync(join(folder, file), "utf8").replace(/"plaintext": ?"(?:[^"\\]|\\.)*"/g, ""),
    ]);
}

describe.each(LAYOUTS)("the secrets of partners in code laid out as %s", (layout) => {
  it("stand in no file, in no state outside of secret values, and in no output", async () => {
    const project = await openCases();
    const { code, out, said } = await adopt(project, "--layout", layout);
    expect(code).toBe(0);
    expect(imported(project)).toHaveLength(URLS.length);
    for (const [file, text] of [...filesIn(project.folder), ["output", out + said]] as const)
      expect(text, file).not.toContain(SECRET);
    const json = await adopt(project, "--format", "json", "--dry-run");
    expect(json.out + json.said).not.toContain(SECRET);
  });

  it("come back into the URLs byte for byte from the stack's configuration", async () => {
    const project = await openCases();
    await adopt(project, "--layout", layout);
    const declared = declaredBy(codeIn(project), secretsAside(project) as Record<string, string>).map(
      explicit,
    );
    const urls = new Map(declared.map(({ postbackId, postbackUrl }) => [postbackId, postbackUrl]));
    expect(URLS.map((_, index) => urls.get(1 + index))).toEqual(URLS);
  });
});

describe("the secrets of partners", () => {
  it("keep their names when the adoption is finished by another run", async () => {
    const project = await openCases();
    await adopt(project);
    const [list, values] = [adoptedIn(project), secretsAside(project)];
    await adopt(project);
    expect(adoptedIn(project)).toEqual(list);
    expect(secretsAside(project)).toEqual(values);
  });

  it.each(["config set", "import --file", "stack export"])(
    "are masked when %s fails and quotes them",
    async (command) => {
      const project = await openCases();
      const pulumi = new FakePulumi(project);
      pulumi.refuse(command, URLS.map((url) => `error: ${url} failed`).join("\n"));
      const { code, out, said } = await pulumi.adopt("--apply");
      expect(code).toBe(2);
      expect(out + said).not.toContain(SECRET);
    },
  );
});
