import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCli } from "./support/cli";
import { failureOf, messagesOf } from "./support/failures";
import { newFromStarter, repository, temporaryFolder } from "./support/places";
import { previewTwice, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const ACME = "affiliate-67890-offer-12345-main";

describe("examples/starter as a template", () => {
  it.runIf(findCli())("is taken by `pulumi new`", () => {
    const folder = join(temporaryFolder(), "our-postbacks");
    const home = temporaryFolder();
    execFileSync(
      "pulumi",
      [
        "new",
        join(repository, "examples/starter"),
        "--generate-only",
        "--yes",
        "--non-interactive",
        "--dir",
        folder,
        "--name",
        "our-postbacks",
        "--description",
        "Our postbacks",
      ],
      {
        env: {
          ...process.env,
          PULUMI_HOME: home,
          // A language host that was built for tests has no SDK of its own, and nothing is installed yet.
          NODE_PATH: join(repository, "node_modules"),
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_BACKEND_URL: `file://${home}`,
        },
      },
    );
    expect(readFileSync(join(folder, "package.json"), "utf8")).toContain('"name": "our-postbacks"');
    expect(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).not.toMatch(/^template:|\$\{/m);
    for (const file of [
      "index.ts",
      "rows.ts",
      "tsconfig.json",
      "gitignore",
      "postbacks/dev.csv",
      "GLOSSARY.md",
    ]) {
      expect(existsSync(join(folder, file)), file).toBe(true);
    }
  });
});

withCli.concurrent("examples/starter", () => {
  it("declares what the stack's own file holds; every step twice", async () => {
    const workDir = newFromStarter("our-postbacks");
    await using world = await openWorld({ workDir });
    const { stack, cake } = world;
    const file = join(workDir, "postbacks/dev.csv");

    expect((await previewTwice(world)).did).toEqual({
      [ACME]: "create",
      "affiliate-67890-offer-12346-main": "create",
      "affiliate-67931-offer-12345-main": "create",
    });
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 3 }));
    expect(cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "inactive")).toHaveLength(1);

    writeFileSync(file, readFileSync(file, "utf8").replace("main,inactive", "main,active"));
    const switchedOn = await twice(world, () => stack.up());
    expect(switchedOn.did).toEqual({ "affiliate-67931-offer-12345-main": "update" });

    await twice(world, () => stack.destroy());
    expect(cake.postbacks().map(({ postbackStatus }) => postbackStatus)).toEqual(Array(3).fill("inactive"));
  });

  it("refuses a bad file, and a stack without a file", async () => {
    const workDir = newFromStarter("our-postbacks");
    await using world = await openWorld({ workDir });
    const { stack } = world;
    const file = join(workDir, "postbacks/dev.csv");
    const refusal = async () => messagesOf(await failureOf(stack.preview()));

    await stack.setConfig("our-postbacks:minimumRows", { value: "6" });
    const bad = "67890,Acme Media,12345,main,paused,https://x.example/pb?cid=#s2#\n,,,,,\n";
    const leaky = "https://x.example/?token=s3cr3t,,12345,main,active,https://x.example/\n";
    const text = readFileSync(file, "utf8").replace("affiliate_id", "Affiliate ID");
    writeFileSync(file, Buffer.from(`\uFEFF${text}${bad}${leaky}`, "utf16le"));
    const all = await refusal();
    for (const problem of [
      ', line 5, column status: must be active or inactive, found "paused"',
      `, line 5: must not declare ${ACME}, which line 2 declares`,
      ', line 7, column Affiliate ID: must be a CAKE affiliate ID such as 67890, found "https://x.example/?token=***"',
      ": must have at least 6 valid rows, found 4",
    ])
      expect(all).toContain(`postbacks/dev.csv${problem}`);

    const rows = Array.from(
      { length: 10_000 },
      (_, index) => `x;${index + 1};main;active;https://x.example/`,
    );
    writeFileSync(file, `affiliate_id;offer_id;slot;status;postback_url\r\n${rows.join("\r\n")}`);
    const many = await refusal();
    expect(many.match(/dev\.csv, line/g)).toHaveLength(19);
    expect(many).toContain("postbacks/dev.csv: must have at least 6 valid rows, found 0");
    expect(many).toContain("postbacks/dev.csv: 9981 more problems");

    copyFileSync(file, join(workDir, "postbacks/eu.csv"));
    rmSync(file);
    expect(await refusal()).toContain("postbacks/dev.csv does not exist");
  });
});
