import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Postback } from "../../../../provider/postback/postback";
import { adopt, aside, codeIn, imported, open, takeIn, URL_OF } from "./projects";
import { declaredBy, explicit } from "./support";

function rowsOf(count: number): Postback[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ postbackId: 1 + index, affiliateId: 100 + (index % 400), offerId: Math.floor(index / 400) },
    postbackUrl: index % 7 === 0 ? `${URL_OF}&token=t${index % 400}x` : `${URL_OF}&o=${index}`,
    ...{ postbackStatus: index % 11 === 0 ? "inactive" : "active", postbackType: "Server" },
  }));
}

describe("pulumi-cake adopt", () => {
  it("takes 10,000 postbacks with 20 calls and no write, and a second time nothing", {
    timeout: 60_000,
  }, async () => {
    const rows = rowsOf(10_000);
    const project = await open(rows);
    expect((await adopt(project)).code).toBe(0);
    expect(project.cake.requests.map(({ method }) => method)).toEqual(Array(20).fill("GET"));
    const secrets = JSON.parse(readFileSync(aside(project, "secrets.json"), "utf8")) as Record<
      string,
      string
    >;
    const declared = declaredBy(codeIn(project), secrets).map(explicit);
    const live = (row: Postback) => [
      row.postbackId,
      row.affiliateId,
      row.offerId,
      row.postbackUrl,
      row.postbackStatus,
    ];
    const byId = (one: Postback, other: Postback) => one.postbackId - other.postbackId;
    expect((declared as unknown as Postback[]).sort(byId).map(live)).toEqual(rows.map(live));
    expect(
      imported(project)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(declared.map(({ name }) => name).sort());
    expect(readFileSync(join(project.folder, "index.ts"), "utf8")).toBe('import "./postbacks";\n');

    takeIn(project);
    rmSync(join(project.folder, ".pulumi-cake"), { recursive: true });
    const code = codeIn(project);
    const again = await adopt(project);
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringContaining("Nothing to adopt. Nothing was written."),
    });
    expect(codeIn(project)).toEqual(code);
    expect(existsSync(join(project.folder, ".pulumi-cake"))).toBe(false);
  });

  it("writes the state that a create would have left, with secrets marked, where nobody else can read it", async () => {
    const project = await open([
      { ...(rowsOf(2)[1] as Postback), postbackUrl: `${URL_OF}&token=abc`, postbackType: "Image" },
    ]);
    await adopt(project);
    const secret = (value: unknown) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: JSON.stringify(value),
    });
    const query = { cid: "#s2#", payout: "#price#", txid: "#leadid#", token: "abc" };
    const shared = {
      __provider: expect.stringContaining('("pulumi-cake/host")'),
      ...{ affiliateId: 101, offerId: 0, postbackStatus: "active", postbackTypeId: 3 },
      postbackUrl: secret(`${URL_OF}&token=abc`),
      urlParts: secret({ host: "track.acme.example", path: "/postback", query }),
    };
    expect(imported(project)).toEqual([
      {
        ...{ type: "pulumi-nodejs:dynamic/cake:AffiliatePostback", name: "acme-all", id: "2" },
        inputs: { ...shared, adopt: { postbackId: 2 } },
        outputs: { ...shared, postbackId: 2, postbackType: "Image", domain: project.cake.domain },
      },
    ]);
    expect(statSync(aside(project, "import.json")).mode & 0o777).toBe(0o600);
    expect(readFileSync(aside(project, ".gitignore"), "utf8")).toBe("*\n");
  });

  it("refuses a listing that is not provably complete, unless told to take what it saw", async () => {
    const project = await open(rowsOf(3));
    project.cake.behave({ totalRows: 4 });
    const refused = await adopt(project);
    expect(refused).toMatchObject({ code: 2, said: expect.stringContaining("not provably complete") });
    expect(existsSync(join(project.folder, "postbacks"))).toBe(false);
    const taken = await adopt(project, "--accept-incomplete");
    expect(taken).toMatchObject({
      code: 0,
      out: expect.stringContaining("Not all postbacks may have been seen"),
    });
    expect(imported(project)).toHaveLength(3);
  });

  it("names what no program can declare, takes the rest, and ends with 1", async () => {
    const [row] = rowsOf(1) as [Postback];
    const project = await open([
      row,
      { ...row, postbackId: 2, postbackStatus: "pending" },
      { ...row, postbackId: 3, postbackType: "Carrier pigeon" },
      { ...row, postbackId: 4, postbackUrl: "<img src=x>" },
      // It breaks rules, and is live all the same.
      { ...row, postbackId: 5, postbackUrl: "http://localhost/pb?cid={clickid}&amp;a" },
    ]);
    const { code, out } = await adopt(project);
    expect(code).toBe(1);
    for (const text of [
      "postback 2: postbackStatus",
      'postback 3: its type is "Carrier pigeon"',
      "postback 4: postbackUrl",
    ])
      expect(out).toContain(text);
    expect(imported(project).map(({ id }) => id)).toEqual(["1", "5"]);
  });

  it("takes only what is selected, and leaves to other stacks what is theirs", async () => {
    const project = await open(rowsOf(900));
    const ids = (args: readonly string[]) =>
      adopt(project, "--dry-run", ...args).then(({ out }) => Number(/(\d+) to adopt/.exec(out)?.[1]));
    expect(await ids(["--affiliate", "100,101"])).toBe(6);
    expect(await ids(["--affiliate", "100", "--offer", "1"])).toBe(1);
    expect(await ids(["--status", "inactive", "--offer", "2"])).toBe(9);
    expect(await ids(["--host", ".acme.example", "--affiliate", "100"])).toBe(3);
    expect(await ids(["--host", "nobody.example"])).toBe(0);
    writeFileSync(join(project.folder, "ids.txt"), "1, 2\n3");
    expect(await ids(["--ids", "ids.txt"])).toBe(3);
    const type = "pulumi-nodejs:dynamic/cake:AffiliatePostback";
    const theirs = {
      ...{ urn: `urn:pulumi:prod::other::${type}::x`, type, id: "2", custom: true },
      outputs: { domain: project.cake.domain },
    };
    writeFileSync(
      join(project.folder, "other.json"),
      JSON.stringify({ version: 3, deployment: { resources: [theirs] } }),
    );
    expect(await ids(["--ids", "ids.txt", "--managed-by", "other.json"])).toBe(2);
    expect(existsSync(join(project.folder, "postbacks"))).toBe(false);
  });

  it("goes on where an import did not happen: the code is there, the state lacks it", async () => {
    const project = await open(rowsOf(3));
    await adopt(project);
    const first = imported(project);
    const code = codeIn(project);
    const again = await adopt(project);
    expect(again.out).toContain("0 to adopt, 3 in the code already, and not in the state");
    expect(imported(project)).toEqual(first);
    expect(codeIn(project)).toEqual(code);
  });

  it("keeps the program that is there, and adds one line to it once", async () => {
    const project = await open(rowsOf(1));
    const main = join(project.folder, "index.ts");
    writeFileSync(main, '// Ours.\nimport * as pulumi from "@pulumi/pulumi";\n\nexport const a = 1;\n');
    await adopt(project);
    const expected =
      '// Ours.\nimport "./postbacks";\nimport * as pulumi from "@pulumi/pulumi";\n\nexport const a = 1;\n';
    expect(readFileSync(main, "utf8")).toBe(expected);
    await adopt(project);
    expect(readFileSync(main, "utf8")).toBe(expected);
  });

  it("adds that line with the program's own line ends", async () => {
    const project = await open(rowsOf(1));
    const main = join(project.folder, "index.ts");
    writeFileSync(main, "// Ours.\r\nimport * as pulumi from '@pulumi/pulumi'\r\nexport const a = 1");
    await adopt(project);
    expect(readFileSync(main, "utf8")).toBe(
      "// Ours.\r\nimport \"./postbacks\";\r\nimport * as pulumi from '@pulumi/pulumi'\r\nexport const a = 1",
    );
    writeFileSync(main, "export const a = 1");
    await adopt(project);
    expect(readFileSync(main, "utf8")).toBe('export const a = 1\nimport "./postbacks";\n');
  });

  it("gives the names that it would have given at once, whatever was adopted before", async () => {
    const rows = rowsOf(900);
    const inSteps = await open(rows);
    await adopt(inSteps, "--layout", "table", "--affiliate", "100");
    takeIn(inSteps);
    await adopt(inSteps);
    const atOnce = await open(rows);
    await adopt(atOnce);
    const namesIn = (text = "") =>
      [...text.matchAll(/postbackId: (\d+),\s+name: "(.*)"/g)].map(([one]) => one);
    const [some, all] = [inSteps, atOnce].map((one) => namesIn(codeIn(one).get("rows.ts")).sort());
    expect(all).toHaveLength(900);
    expect(some).toEqual(all);
  });

  it.each([
    ["no Pulumi.yaml", ["--cwd", "nowhere"], "There is no Pulumi.yaml"],
    ["no CLI to apply with", ["--apply"], "--apply needs the Pulumi CLI"],
    ["an id that is none", ["--affiliate", "acme"], "should be ids"],
    ["a state that is none", ["--managed-by", "Pulumi.yaml"], "not the output of"],
    ["partners without names", ["--partners", "Pulumi.yaml"], "affiliate_id"],
    ["postbacks in the program's own folder", ["--into", "x/.."], "the folder of the program itself"],
    ["an unknown option", ["--protect"], "unknown option"],
  ])("says what to do about %s, and ends with 2", async (_what, args, says) => {
    const project = await open(rowsOf(1));
    const { code, said } = await adopt(project, ...args);
    expect(said).toContain(says);
    expect(code).toBe(2);
    expect(project.cake.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});
