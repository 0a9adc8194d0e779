import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, it, onTestFinished } from "vitest";
import { type StackOptions, stackOptions, stackSettings } from "../../../../provider/cli/input/stackSettings";

const CONFIG = {
  "cake:domain": { value: "us.example", secret: false },
  "cake:apiKey": { value: "the-secret-key", secret: true },
  "cake:formerDomains": { value: '["old.example"]', objectValue: ["old.example"], secret: false },
  "shop:token": { value: "theirs", secret: true },
};

// Knows the stack dev only, in the folder of a project, and notes what it is asked.
const PROGRAM = `#!${process.execPath}
const { appendFileSync, existsSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync(__dirname + "/asked", args.join(" ") + "\\n");
if (args[0] === "version") console.log("v3.260.0");
else if (existsSync("Pulumi.yaml") && args.join(" ").includes("--stack dev ")) console.log(${JSON.stringify(JSON.stringify(CONFIG))});
else { console.error("error: no such stack"); process.exit(255); }
`;

function projectWithCli() {
  const folder = mkdtempSync(join(tmpdir(), "cake-stack-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  writeFileSync(join(folder, "pulumi"), PROGRAM, { mode: 0o755 });
  const asked = () => readFileSync(join(folder, "asked"), "utf8");
  return { folder, asked, env: { PATH: folder } };
}

function parsed(...args: string[]): StackOptions {
  return stackOptions(new Command()).parse(args, { from: "user" }).opts();
}

it("the settings of a stack are this package's only, opened, and no argument of the CLI holds one", async () => {
  const { folder, asked, env } = projectWithCli();
  expect(await stackSettings(parsed("--stack", "dev", "--cwd", folder), env)).toEqual({
    ...{
      "cake:domain": "us.example",
      "cake:apiKey": "the-secret-key",
      "cake:formerDomains": '["old.example"]',
    },
  });
  expect(asked()).not.toMatch(/the-secret-key|theirs/);
});

it("without --stack no CLI is asked", async () => {
  const { folder, env } = projectWithCli();
  expect(await stackSettings(parsed("--cwd", folder), env)).toEqual({});
  expect(() => readFileSync(join(folder, "asked"))).toThrow(/ENOENT/);
});

it("a stack that does not exist is refused with what the CLI says", async () => {
  const { folder, env } = projectWithCli();
  await expect(stackSettings({ stack: "prod", cwd: folder }, env)).rejects.toThrow(
    /failed\. Nothing was written to CAKE\. .*:\s+error: no such stack \[pulumi-failed\]$/,
  );
});

it.each([
  '{"cake:apiKey":{"value":"the-secret-key",',
  '["the-secret-key"]',
  '{"cake:apiKey":"the-secret-key"}',
])("settings that cannot be read, such as %j, are not quoted", async (printed) => {
  const { folder, env } = projectWithCli();
  const program = `#!${process.execPath}\nconsole.log(process.argv[2] === "version" ? "v3.260.0" : ${JSON.stringify(printed)});`;
  writeFileSync(join(folder, "pulumi"), program);
  const refused = await stackSettings({ stack: "dev", cwd: folder }, env).catch(String);
  expect(refused).toContain("[pulumi-config-unreadable]");
  expect(refused).not.toContain("the-secret-key");
});

it("a folder that does not exist is not taken for a missing CLI", async () => {
  const { folder, env } = projectWithCli();
  const cwd = join(folder, "elsewhere");
  await expect(stackSettings({ stack: "dev", cwd }, env)).rejects.toThrow(/elsewhere is not a directory/);
});

it("where there is no CLI, the message names the variables to set instead", async () => {
  await expect(stackSettings({ stack: "dev", cwd: "." }, { PATH: "" })).rejects.toThrow(
    /needs the Pulumi CLI.*CAKE_DOMAIN and CAKE_API_KEY/,
  );
});
