import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { commandLine } from "../../../provider/cli/commands";
import { startSandbox } from "../../../provider/sandbox";
import { settings } from "../../../provider/settings/settings";
import { environmentWith } from "../cli/environment";
import { serve } from "../http/servers";

const root = join(__dirname, "../../..");
const page = readFileSync(join(root, "docs/recipes.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, "");

/** The blocks of code below a heading. */
function blocks(heading: string, language: string): string[] {
  const section = page.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? "";
  const found = [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
  return found.filter(([, kind]) => kind === language).map(([, , block = ""]) => block);
}

interface GitLabJob {
  readonly stage: string;
  readonly script: readonly string[];
  readonly rules: readonly { readonly if: string; readonly when?: string }[];
  readonly environment: { readonly name: string; readonly action: string };
}

interface Hook {
  readonly id: string;
  readonly name: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly require_serial: boolean;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cake-recipe-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script of the page. Its curl is the real one, which leaves its arguments in a file first. */
async function run(script: string, env: Record<string, string>) {
  program("curl", `printf '%s\\n' "$@" >> "${folder}/arguments"; exec "${await which("curl")}" "$@"`);
  program(
    "npx",
    `shift 3; exec "${process.execPath}" --import "${require.resolve("tsx")}" "${join(root, "provider/cli/main.ts")}" "$@"`,
  );
  const path = `${folder}:${process.env.PATH}`;
  const { code, printed } = await bash(script, { ...environmentWith(env), PATH: path });
  return { code, printed, curlArguments: readFileSync(join(folder, "arguments"), "utf8") };
}

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

async function which(name: string): Promise<string> {
  return (await bash(`command -v ${name}`, process.env)).printed.trim();
}

function bash(script: string, env: NodeJS.ProcessEnv): Promise<{ code: number; printed: string }> {
  return new Promise((done) => {
    // Without a shell above it, and with a socket for its input, bash would take itself for a remote login.
    const own = { ...env, SHLVL: "2" };
    execFile("bash", ["-euo", "pipefail", "-c", script], { cwd: folder, env: own }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), printed: stdout + stderr }),
    );
  });
}

describe("the recipes", () => {
  it("have YAML and JSON that parses", () => {
    for (const [, kind, block = ""] of page.matchAll(/^```(yaml|json)\n([\s\S]*?)^```/gm))
      expect(kind === "yaml" ? parse(block) : JSON.parse(block)).toBeTruthy();
  });

  it("name commands and options that there are", async () => {
    const commands = (await commandLine([])).commands;
    const uses = [...page.matchAll(/(?:-- |")pulumi-cake (\w+)((?:[^|>\n"`]|\\\n)*)/g)];
    expect(uses.length).toBeGreaterThan(5);
    for (const [, name, rest = ""] of uses) {
      const full = await commandLine([name ?? ""]);
      const command = full.commands.find((one) => one.name() === name);
      expect(command, `${name} of ${commands.length}`).toBeDefined();
      for (const [option] of rest.matchAll(/(?<=\s)--[a-z-]+/g))
        expect(command?.options.map(({ long }) => long)).toContain(option);
    }
  });

  it("name the repository and the version as package.json does", () => {
    const [hooks = ""] = blocks("Before each commit", "yaml");
    expect(parse(hooks).repos[0]).toMatchObject({ repo: repository, rev: `v${manifest.version}` });
    const starter = readFileSync(join(root, "examples/starter/README.md"), "utf8");
    expect(starter).toContain(`pulumi new ${repository}/tree/v${manifest.version}/examples/starter\n`);
  });
});

describe("the recipe for Pulumi ESC", () => {
  const [shared, secret] = blocks("The API key in Pulumi ESC", "yaml").map((block) => parse(block).values);

  it("gives a stack only settings, and no key", () => {
    expect(Object.keys(shared)).toEqual(["pulumiConfig"]);
    const names = Object.keys(settings).map((name) => `cake:${name}`);
    for (const key of Object.keys(shared.pulumiConfig)) {
      expect(names).toContain(key);
      expect(key).not.toBe("cake:apiKey");
    }
  });

  it("gives the key to a command, encrypted, by the variable that is read", () => {
    expect(Object.keys(secret.environmentVariables)).toEqual([settings.apiKey.variable]);
    expect(Object.keys(secret.cake.apiKey)).toEqual(["fn::secret"]);
    expect(secret).not.toHaveProperty("pulumiConfig");
  });
});

describe("the hook for pre-commit", () => {
  const [hook] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as Hook[];
  const [named, local] = blocks("Before each commit", "yaml").map((block) => parse(block).repos[0].hooks[0]);

  it("is the one of the recipe, whether named or local", () => {
    expect(named).toEqual({ id: hook?.id });
    const { description, ...rest } = hook as Hook & { readonly description: string };
    expect(description).toContain("CSV");
    expect(local).toEqual(rest);
  });

  it("starts a command of the project's own package, and gives it all files at once", async () => {
    const [, name = ""] = /^npx --no -- pulumi-cake (\w+)$/.exec(hook?.entry ?? "") ?? [];
    expect((await commandLine([name])).commands.map((command) => command.name())).toContain(name);
    expect(hook).toMatchObject({ language: "system", require_serial: true });
  });

  it.each([
    ["postbacks/dev.csv", true],
    ["infra/postbacks/eu.csv", true],
    ["postbacks.csv", true],
    ["partners.csv", false],
    ["old-postbacks.csv", false],
    ["postbacks/readme.md", false],
  ])("takes of files that a repository may have, such as %s: %s", (file, isTaken) => {
    expect(new RegExp(hook?.files ?? "").test(file)).toBe(isTaken);
  });
});

describe("the recipe for GitLab", () => {
  const [text = ""] = blocks("GitLab CI", "yaml");
  const { image, stages, variables, ...jobs } = parse(text) as Record<string, GitLabJob> & {
    readonly stages: string[];
  };

  it("has jobs of its stages, each for one kind of pipeline and with an environment of its own", () => {
    expect(Object.values(jobs).map(({ stage }) => stage)).toEqual(stages);
    expect([image, variables]).not.toContain(undefined);
    for (const [name, { environment, rules }] of Object.entries(jobs)) {
      expect(environment).toEqual({ name: `postbacks-${name}`, action: "access" });
      expect(rules).toHaveLength(1);
    }
  });

  it("names the token of the note only where no code of the merge request is", () => {
    const having = Object.entries(jobs).filter(([, job]) =>
      JSON.stringify(job).includes("GITLAB_NOTE_TOKEN"),
    );
    expect(having.map(([name]) => name)).toEqual(["comment"]);
    expect(jobs.comment).toMatchObject({ variables: { GIT_STRATEGY: "none" } });
    expect(jobs.comment?.script.join()).not.toMatch(/\b(npm|npx|pulumi) /);
    expect(text).not.toContain("CAKE_API_KEY");
  });

  /** Answers as GitLab does, and keeps what is sent. */
  async function gitlab(notes: readonly object[]) {
    const sent: string[] = [];
    const tokens = new Set<unknown>();
    const server = await serve(async (request, answer) => {
      tokens.add(request.headers["private-token"]);
      const body = await textOf(request);
      if (request.method !== "GET")
        sent.push(`${request.method} ${request.url} ${new URLSearchParams(body).get("body")}`);
      answer.end(JSON.stringify(request.url === "/user" ? { id: 5 } : notes));
    });
    return { sent, tokens, api: server.url.href.replace(/\/$/, "") };
  }

  async function comment(notes: readonly object[], review?: string) {
    const { sent, tokens, api } = await gitlab(notes);
    if (review !== undefined) writeFileSync(join(folder, "review.md"), review);
    const done = await run(jobs.comment?.script.join("\n") ?? "", {
      ...{ CI_API_V4_URL: api, CI_PROJECT_ID: "7", CI_MERGE_REQUEST_IID: "3", CI_COMMIT_SHA: "abc" },
      GITLAB_NOTE_TOKEN: "glpat-canary",
    });
    expect([done.code, done.printed]).toEqual([0, ""]);
    expect(done.curlArguments).not.toContain("canary");
    expect([...tokens]).toEqual(["glpat-canary"]);
    return sent;
  }

  const MARKER = "<!-- pulumi-cake review -->";
  const OTHERS = [
    { id: 1, author: { id: 6 }, body: `${MARKER} of somebody else` },
    { id: 2, author: { id: 5 }, body: "another note of ours" },
  ];

  it.each([
    ["a preview that failed and looks complete", "exit 255", "exit 0", 1],
    ["a review that must not pass", "exit 0", "exit 1", 1],
    ["a review that passes", "exit 0", "exit 0", 0],
  ])("ends as it should: %s", async (_, preview, review, code) => {
    program("pulumi", `echo '{}'; ${preview}`);
    program("npx", `echo '## Postbacks: 1 new'; ${review}`);
    const script = jobs.review?.script.slice(1).join("\n") ?? "";
    const done = await bash(script, { ...process.env, STACK: "prod", PATH: `${folder}:${process.env.PATH}` });
    expect(done).toEqual({ code, printed: "" });
    const warning = preview === "exit 0" ? "" : "**The preview failed, so this may lack changes.**\n\n";
    expect(readFileSync(join(folder, "review.md"), "utf8")).toBe(`${warning}## Postbacks: 1 new\n`);
  });

  it("writes one note, and updates it from then on", async () => {
    const first = await comment(OTHERS, "## Postbacks: 1 new & `#s2#`\n");
    expect(first).toEqual([
      `POST /projects/7/merge_requests/3/notes ${MARKER}\n## Postbacks: 1 new & \`#s2#\`\n\nCommit abc\n`,
    ]);
    const second = await comment([...OTHERS, { id: 3, author: { id: 5 }, body: `${MARKER}\nold` }], "new");
    expect(second).toEqual([expect.stringMatching(/^PUT \/projects\/7\/merge_requests\/3\/notes\/3 /)]);
  });

  it("does not keep the review of a former commit, and cuts what is too long", async () => {
    expect(await comment([])).toEqual([expect.stringContaining("## There is no review\n\nCommit abc\n")]);
    const [long = ""] = await comment([], "x".repeat(2_000_000));
    expect(long.length).toBeLessThan(65_300);
  });
});

describe("the recipe for a chat", () => {
  const [script = ""] = blocks("A summary to a chat", "bash");

  async function send(domain: string, key: string) {
    const messages: unknown[] = [];
    const chat = await serve(async (request, answer) => {
      messages.push([request.url, request.headers["content-type"], await json(request)]);
      answer.end("ok");
    });
    // The stack's settings come from the environment here: no CLI is needed to show what the script does.
    const withoutStack = script.replace(" --stack prod", "");
    const env = { CAKE_DOMAIN: domain, CAKE_API_KEY: key, CHAT_WEBHOOK: `${chat.url}hook/T0/canary-hook` };
    return { ...(await run(withoutStack, env)), messages };
  }

  it("sends the numbers and nothing else, and keeps key and address out of arguments and log", async () => {
    const sandbox = await startSandbox({ instances: { cake: { postbacks: "network" } } });
    onTestFinished(() => sandbox.close());
    const { url, apiKey } = sandbox.instance();
    const { code, printed, curlArguments, messages } = await send(url, apiKey);
    expect([code, printed]).toEqual([1, ""]);
    expect(messages).toEqual([
      [
        "/hook/T0/canary-hook",
        "application/json",
        {
          text: "Postbacks in CAKE: 0 drifted, 0 missing, 117 unmanaged, 2 firing twice, 3 with an error, of 117.",
        },
      ],
    ]);
    expect(curlArguments).not.toMatch(/canary|hook/);
  }, 60_000);

  it("says so if the postbacks could not be checked, and fails", async () => {
    const { code, messages } = await send("http://127.0.0.1:1", "key");
    expect(code).toBe(2);
    expect(JSON.stringify(messages)).toContain("could not be checked");
  }, 60_000);
});

async function textOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
