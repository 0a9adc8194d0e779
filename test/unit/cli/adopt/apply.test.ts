import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakePulumi } from "./fakePulumi";
import { codeIn, type Ended, open, type Project, postback } from "./projects";

const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/cake:AffiliatePostback::";
const QUOTED = "https://partner:s3cr3t@track.acme.example/postback?cid=#s2#&token=t1x";

async function opened(): Promise<{ project: Project; pulumi: FakePulumi }> {
  const project = await open([postback(1), postback(2)]);
  return { project, pulumi: new FakePulumi(project) };
}

/** Neither Pulumi's JSON nor a partner's secret may be printed. */
function expectHarmless({ out, said }: Ended): void {
  for (const text of ['"steps"', "changeSummary", "s3cr3t", "t1x"]) expect(out + said).not.toContain(text);
}

describe("adopt --apply", () => {
  it("imports nothing while the program lacks the line that it prints, and finishes once it is there", async () => {
    const { project, pulumi } = await opened();
    pulumi.importsPostbacks(false);
    const stopped = await pulumi.adopt("--apply");
    expect(stopped.code).toBe(2);
    expect(stopped.said).toContain("a preview does not show acme-1, acme-2. Nothing was imported.");
    expect(stopped.said).toContain('Add this line to index.ts, then run again:\nimport "./postbacks";');
    expect(pulumi.imported()).toEqual([]);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
    const code = codeIn(project);
    pulumi.importsPostbacks(true);
    const done = await pulumi.adopt("--apply");
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringContaining("Imported 2 postbacks. A preview shows no changes."),
    });
    expect(pulumi.imported()).toEqual(["1", "2"]);
    expect(codeIn(project)).toEqual(code);
  });

  it("imports nothing where the program fails, and prints Pulumi's errors masked", async () => {
    const { pulumi } = await opened();
    pulumi.importsPostbacks(false);
    const message = `error TS2304: Cannot find name 'x' near "${QUOTED}"`;
    pulumi.previews("preview", {
      diagnostics: [{ severity: "error", message: `<{%fg 1%}>\u001b[90m${message}\u001b[39m<{%reset%}>` }],
    });
    const ended = await pulumi.adopt("--apply");
    expect(ended.code).toBe(2);
    expect(ended.said).toContain("[adopt-preview-failed]");
    expect(ended.said).toContain("error TS2304: Cannot find name 'x' near");
    expect(ended.said).not.toMatch(/<\{%|\[90m/);
    expectHarmless(ended);
    expect(pulumi.imported()).toEqual([]);
  });

  it("imports equal postbacks, which stop every preview until they are in the state", async () => {
    const { pulumi } = await opened();
    pulumi.importsPostbacks(false);
    const message = "acme-2 and acme-1 are equal";
    pulumi.previews("preview", { diagnostics: [{ severity: "error", message, urn: `${URN}acme-2` }] });
    expect(await pulumi.adopt("--apply")).toMatchObject({ code: 0 });
    expect(pulumi.imported()).toEqual(["1", "2"]);
  });

  it("prints the errors of a preview that fails to verify, masked and without its JSON, and ends with 1", async () => {
    const { pulumi } = await opened();
    pulumi.previews("verified", {
      diagnostics: [
        { severity: "error", message: `CAKE answered ${QUOTED}` },
        { severity: "info", message: "fine" },
      ],
    });
    const ended = await pulumi.adopt("--apply");
    expect(ended.code).toBe(1);
    expect(ended.out).toContain("Imported 2 postbacks, and a preview fails.\nCAKE answered https://***@");
    expect(ended.out).not.toContain("fine");
    expectHarmless(ended);
  });

  it("prints what a failing command of Pulumi says masked", async () => {
    const { pulumi } = await opened();
    pulumi.refuse("import --file", `error: cannot read ${QUOTED}`);
    const ended = await pulumi.adopt("--apply");
    expect(ended.code).toBe(2);
    expect(ended.said).toContain("error: cannot read https://***@");
    expectHarmless(ended);
  });
});
