import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCsvExport } from "../../../../provider/cli/input/live/csv";
import type { Postback } from "../../../../provider/postback/postback";
import {
  adopt,
  adoptedIn,
  aside,
  codeIn,
  command,
  imported,
  open,
  type Project,
  takeIn,
  URL_OF,
} from "./projects";
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
    const first = await adopt(project);
    expect(first.code).toBe(0);
    expect(first.out).toContain('Add this line to index.ts, if it is not there:\n  import "./postbacks";');
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
    // A person's own file: adopt never writes it.
    expect(existsSync(join(project.folder, "index.ts"))).toBe(false);

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
    expect(refused).toMatchObject({ code: 2, said: expect.stringContaining("may be incomplete") });
    expect(existsSync(join(project.folder, "postbacks"))).toBe(false);
    const taken = await adopt(project, "--allow-partial");
    expect(taken).toMatchObject({
      code: 0,
      out: expect.stringContaining("The list may be incomplete: "),
    });
    expect(imported(project)).toHaveLength(3);
  });

  it("names what cannot be adopted, adopts the rest, and ends with 1", async () => {
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
      'postback 2: its postbackStatus must be one of active, inactive, found "pending"\n',
      'postback 3: its type is "Carrier pigeon"',
      "postback 4: its postbackUrl must be",
    ])
      expect(out).toContain(text);
    expect(imported(project).map(({ id }) => id)).toEqual(["1", "5"]);
  });

  it("adopts only what its options select, and leaves to other stacks what is theirs", async () => {
    const project = await open(rowsOf(900));
    writeFileSync(join(project.folder, "ids.txt"), "1, 401\n801 2");
    const type = "pulumi-nodejs:dynamic/cake:AffiliatePostback";
    const urn = `urn:pulumi:prod::other::${type}::x`;
    const theirs = { urn, type, id: "401", custom: true, outputs: { domain: project.cake.domain } };
    const exported = { version: 3, deployment: { resources: [theirs] } };
    writeFileSync(join(project.folder, "other.json"), JSON.stringify(exported));
    const options = [
      "--affiliate",
      "99,100",
      "--offer",
      "0,1,2",
      "--host",
      ".acme.example",
      "--status",
      "active",
    ];
    const { out } = await adopt(
      project,
      "--dry-run",
      "--ids",
      "ids.txt",
      "--managed-by",
      "other.json",
      ...options,
    );
    expect(out).toContain(
      "2 selected, 0 managed by this stack already, 1 managed by another stack, 1 to adopt",
    );
    expect(existsSync(join(project.folder, "postbacks"))).toBe(false);
  });

  it("gives the names that it would have given at once, whatever was adopted before", async () => {
    const rows = rowsOf(900);
    const inSteps = await open(rows);
    await adopt(inSteps, "--affiliate", "100");
    takeIn(inSteps);
    await adopt(inSteps);
    const atOnce = await open(rows);
    await adopt(atOnce);
    const namesIn = (project: Project) => adoptedIn(project).postbacks.map(({ id, name }) => `${id} ${name}`);
    expect(namesIn(atOnce)).toHaveLength(900);
    expect(namesIn(inSteps)).toEqual(namesIn(atOnce));
  });

  it("writes a CSV that the other commands read as what is live", async () => {
    const rows = rowsOf(30);
    const project = await open(rows);
    await adopt(project, "--layout", "csv");
    const file = join(project.folder, "postbacks/postbacks.csv");
    const fits = rows.filter(({ postbackUrl }) => !postbackUrl.includes("token"));
    const read = readCsvExport(file, project.cake.domain, [project.cake.domain]);
    expect(read.rows.map(({ id, url, status, affiliateId }) => [id, url, status, affiliateId])).toEqual(
      fits.map((row) => [row.postbackId, row.postbackUrl, row.postbackStatus, row.affiliateId]),
    );
    const linted = await command(
      ["lint", file, "--format", "json"],
      { cwd: project.folder, env: {} },
      "canary-key",
    );
    expect(JSON.parse(linted.out)).toMatchObject({
      postbacks: fits.length,
      errors: 0,
      uncheckedPostbacks: [],
    });
    // The next ones go into a CSV as well.
    takeIn(project);
    project.cake.add({ affiliateId: 7, offerId: 1, postbackUrl: URL_OF, postbackStatus: "active" });
    expect((await adopt(project)).out).toContain("postbacks/postbacks-2.csv");
  });

  it("reports as JSON what it reports to people", async () => {
    const project = await open(rowsOf(2));
    const { out } = await adopt(project, "--format", "json");
    expect(JSON.parse(out)).toEqual({
      ...{ version: 1, instance: project.cake.domain, live: 2, calls: 2, incomplete: [] },
      ...{ selected: 2, managed: 0, managedElsewhere: 0, writtenNotImported: [], notAdoptable: [] },
      toAdopt: adoptedIn(project).postbacks,
      ...{ unknownPartners: [], unknownIds: [] },
      written: ["adopted.json", "shared.ts", "acme-100.ts", "acme-101.ts", "index.ts"].map(
        (file) => `postbacks/${file}`,
      ),
      ...{ program: "index.ts", programLine: 'import "./postbacks";' },
      next: expect.arrayContaining(["pulumi preview --expect-no-changes"]),
      ...{ imported: 0, preview: null },
    });
    const dry = JSON.parse((await adopt(project, "--format", "json", "--dry-run")).out);
    expect(dry).toMatchObject({ toAdopt: [], writtenNotImported: [1, 2], written: [], next: [] });
  });

  it.each([
    ["an affiliate", ["--affiliate", "4711"]],
    ["a host", ["--host", "nobody.example"]],
    ["an offer", ["--offer", "4711"]],
  ])("takes %s that matches nothing for a typo, and ends with 2", async (_what, args) => {
    const { code, out } = await adopt(await open(rowsOf(1)), ...args);
    expect(code).toBe(2);
    expect(out).toContain("No live postback matches the options");
  });

  it("names IDs and partners that CAKE does not know, and ends with 1", async () => {
    const project = await open(rowsOf(2));
    writeFileSync(join(project.folder, "ids.txt"), "1 4711");
    writeFileSync(join(project.folder, "partners.csv"), "Affiliate ID;Name\n100;Nord\n4712;Süd\n");
    const { code, out } = await adopt(project, "--ids", "ids.txt", "--partners", "partners.csv");
    expect(code).toBe(1);
    expect(out).toContain("--ids names postback 4711, which is not in CAKE's list");
    expect(out).toContain("--partners names affiliate 4712, which has no postback");
    expect(adoptedIn(project).postbacks).toMatchObject([{ id: 1, name: "nord-all", file: "nord.ts" }]);
  });

  it.each([
    ["other columns", "id,partner\n100,Nord\n", "affiliate"],
    ["no rows", "affiliate_id,name\n", "names no partner"],
    ["a name for the ID", "affiliate_id,name\nNord,100\n", "line 2, column affiliate_id"],
    ["a row without a name", "affiliate_id,name\n100,\n", "line 2, column name"],
  ])("refuses partners with %s before it reads CAKE", async (_what, csv, says) => {
    const project = await open(rowsOf(1));
    writeFileSync(join(project.folder, "partners.csv"), csv);
    const { code, said } = await adopt(project, "--partners", "partners.csv");
    expect(said).toContain(says);
    expect(code).toBe(2);
    expect(project.cake.requests).toEqual([]);
  });

  it("refuses a list with half a character in it, and names the postback; the rest can be adopted", async () => {
    const rows = rowsOf(3);
    const project = await open(
      rows.map((row) => (row.postbackId === 2 ? { ...row, postbackUrl: `${URL_OF}\ud83d` } : row)),
    );
    const refused = await adopt(project);
    expect(refused.code).toBe(2);
    expect(refused.said).toMatch(/rows that cannot be read: .*\b2\b/);
    expect((await adopt(project, "--allow-partial")).code).toBe(0);
    expect(imported(project).map(({ id }) => id)).toEqual(["1", "3"]);
  });

  it.each([
    ["no Pulumi.yaml", ["--cwd", "nowhere"], "There is no Pulumi.yaml"],
    ["no CLI to apply with", ["--apply"], "--apply needs the Pulumi CLI"],
    ["an ID that is none", ["--affiliate", "acme"], "must be IDs"],
    ["a state that is none", ["--managed-by", "Pulumi.yaml"], "not the output of"],
    [
      "postbacks in the program's own folder",
      ["--out-dir", "x/.."],
      'found "x/..". Nothing was written. Name another directory. [adopt-out-dir-invalid]',
    ],
    [
      "postbacks outside of the project",
      ["--out-dir", "../x"],
      'found "../x". Nothing was written. Name another directory. [adopt-out-dir-invalid]',
    ],
    ["an unknown option", ["--protect"], "unknown option"],
  ])("says what to do about %s, and ends with 2", async (_what, args, says) => {
    const project = await open(rowsOf(1));
    const { code, said } = await adopt(project, ...args);
    expect(said).toContain(says);
    expect(code).toBe(2);
    expect(project.cake.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});
