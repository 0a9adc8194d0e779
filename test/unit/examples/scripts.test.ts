import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import MarkdownIt from "markdown-it";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptOf } from "./workflows";

// What the runner images of GitHub have; a machine without one of them cannot show anything here.
const TOOLS = ["bash", "jq", "unzip", "perl", "iconv"];
const hasTools = TOOLS.every((tool) => spawnSync(tool, ["--version"]).error === undefined);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cake-workflow-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
const read = (name: string) =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "";

/** Puts a program of that name before all others. */
function stub(name: string, script: string): void {
  write(name, `#!/usr/bin/env bash\n${script}`);
  chmodSync(join(folder, name), 0o755);
}

function runStep(file: string, step: string, env: Record<string, string> = {}) {
  const script = scriptOf(file, step);
  return spawnSync("bash", ["--noprofile", "--norc", "-euo", "pipefail", "-c", script.run], {
    encoding: "utf8",
    env: {
      ...{ PATH: `${folder}:${process.env.PATH}`, RUNNER_TEMP: folder, STUBS: folder, STACK: "prod" },
      ...{ GITHUB_REPOSITORY: "net/postbacks", GITHUB_SERVER_URL: "https://github.example" },
      ...{ GITHUB_OUTPUT: join(folder, "output"), GITHUB_RUN_ID: "9", ...script.env, ...env },
    },
  });
}

// Answers what the scripts ask, and keeps what they send.
const GH = `
case "$*" in
  *"/pulls "*) cat "$STUBS/pulls.json" ;;
  *"artifacts?name=review"*) cat "$STUBS/artifacts.json" ;;
  *"/zip"*) cat "$STUBS/artifact.zip" ;;
  *"--paginate"*) cat "$STUBS/comments.json" ;;
  *"issue list"*) cat "$STUBS/issue" ;;
  *) echo "$*" >> "$STUBS/sent" ;;
esac`;

const COMMENTS = [
  { id: 1, user: { login: "mallory" }, body: "<!-- pulumi-cake review --> not ours" },
  { id: 2, user: { login: "github-actions[bot]" }, body: "the comment of another workflow" },
];
const OURS = { id: 3, user: { login: "github-actions[bot]" }, body: "<!-- pulumi-cake review -->\nold" };

describe.skipIf(!hasTools)("the comment on a pull request of this repository", () => {
  const post = () => runStep("review.yml", "Comment, or update the comment", { PR: "7", HEAD_SHA: "abc" });
  beforeEach(() => stub("gh", GH));

  it("is made once", () => {
    write("comments.json", JSON.stringify(COMMENTS));
    write("review.md", "## Postbacks: 1 new\n");
    expect(post().status).toBe(0);
    expect(read("sent")).toBe(
      "api --silent --method POST repos/net/postbacks/issues/7/comments -F body=@body.md\n",
    );
    expect(read("body.md")).toMatch(
      /^<!-- pulumi-cake review -->\n## Postbacks: 1 new\n\nCommit abc, \[log\]/,
    );
  });

  it("is updated from then on, and no other one is touched", () => {
    write("comments.json", JSON.stringify([...COMMENTS, OURS]));
    write("review.md", "## Postbacks: 1 new\n");
    expect(post().status).toBe(0);
    expect(read("sent")).toBe(
      "api --silent --method PATCH repos/net/postbacks/issues/comments/3 -F body=@body.md\n",
    );
  });

  it("does not go on saying what a former commit was", () => {
    write("comments.json", JSON.stringify([OURS]));
    expect(post().status).toBe(0);
    expect(read("body.md")).toContain("There is no review");
  });
});

describe.skipIf(!hasTools)("the comment on a pull request of a fork", () => {
  const SHA = "d".repeat(40);
  const post = (env: Record<string, string> = {}) =>
    runStep("comment.yml", "Comment, or update the comment", {
      ...{ RUN_ID: "5", HEAD_SHA: SHA, HEAD_OWNER: "stranger", HEAD_BRANCH: "$(touch owned)`id`", ...env },
    });
  const review = (text: string, size = 900) => {
    write("artifacts.json", JSON.stringify({ artifacts: [{ id: 11, size_in_bytes: size, expired: false }] }));
    write("artifact.zip", zip("review.md", text));
  };
  beforeEach(() => {
    stub("gh", GH);
    write(
      "pulls.json",
      JSON.stringify([
        { number: 6, head: { sha: "e" } },
        { number: 7, head: { sha: SHA } },
      ]),
    );
    write("comments.json", "[]");
  });

  it("goes to the pull request that has the commit, whatever the artifact says", () => {
    review("PR number: 1\n");
    expect(post().status).toBe(0);
    expect(read("sent")).toContain("repos/net/postbacks/issues/7/comments");
    expect(existsSync(join(folder, "owned"))).toBe(false);
  });

  it("shows nothing but text, whatever the artifact holds", () => {
    const hostile = [
      "```",
      "</code></pre><img src=https://evil.example/x.png>",
      "@everyone see [this](https://track.example/pb?cid=1) https://track.example/pb #1",
      "\u001b[2J\u202eevil\u2028# heading\r# heading",
      "<!-- pulumi-cake review -->",
      "",
      "not indented",
    ].join("\n");
    review(hostile);
    expect(post().status).toBe(0);
    const html = new MarkdownIt({ html: true, linkify: true }).render(read("body.md"));
    const [before = "", code = "", after = ""] = html.split(/<pre><code>|<\/code><\/pre>/);
    expect(code).toContain("not indented");
    expect(html.split("<pre>")).toHaveLength(2);
    expect(`${before}${after}`).not.toMatch(/<img|<h\d|everyone|evil/);
    expect(`${before}${after}`.match(/<a /g)).toHaveLength(1);
    expect(code).not.toMatch(/<(?!\/?code)/);
    expect(code.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  });

  it("has a limit, also for what unpacks to more", () => {
    review(`${"x".repeat(99)}\n`.repeat(20_000));
    expect(post().status).toBe(0);
    expect(read("body.md").length).toBeLessThan(65_536);
  });

  it.each([
    ["too large", () => review("x", 100_001)],
    ["no archive", () => write("artifact.zip", "no archive")],
    ["without the file", () => write("artifact.zip", zip("../../review.txt", "x"))],
    ["not there", () => write("artifacts.json", '{"artifacts":[]}')],
  ])("says that there is no review where the artifact is %s", (_what, spoil) => {
    review("x");
    spoil();
    expect(post().status).toBe(0);
    expect(read("body.md")).toContain("There is no review");
  });

  it("is not made where the pull request has moved on", () => {
    review("x");
    expect(post({ HEAD_SHA: "f".repeat(40) }).status).toBe(0);
    expect(read("sent")).toBe("");
  });
});

describe.skipIf(!hasTools)("the drift workflow", () => {
  const compare = (end: number, says: string) => {
    stub("pulumi", `echo "${says}"; exit ${end}`);
    const { status } = runStep("drift.yml", "Compare the stack with CAKE");
    return { status, output: read("output") };
  };

  it.each([
    ["clean", 0, 0, "4 unchanged"],
    ["drift", 1, 7, "~ 1 to update"],
    ["failed", 2, 1, "error: preview failed"],
    ["failed", 2, 0, "warning: Drift not checked: the live postbacks cannot be seen"],
  ])("ends as %s, with %i", (result, status, end, says) => {
    expect(compare(end, says)).toEqual({ status, output: `result=${result}\n` });
  });

  const tell = (result: string, issue: string) => {
    stub("gh", GH);
    write("issue", issue);
    write("drift.txt", "~ acme update [diff: ~postbackUrl]\n@everyone\n");
    expect(
      runStep("drift.yml", "Open, update or close the issue", { RESULT: result, RUN_URL: "run" }).status,
    ).toBe(0);
    return read("sent");
  };

  it("keeps one issue", () => {
    expect(tell("drift", "")).toContain(
      "issue create --label postback-drift --title Postbacks in CAKE differ",
    );
    expect(tell("failed", "12\n")).toContain("issue edit 12 --title Nobody knows");
    expect(read("body.md")).toContain("\n    @everyone\n");
    expect(tell("clean", "12\n")).toContain("issue close 12");
  });

  it("says nothing where all is well", () => {
    expect(tell("clean", "")).toBe("");
  });
});

/** An archive of one file that is not compressed. */
function zip(name: string, text: string): Buffer {
  const [path, data] = [Buffer.from(name), Buffer.from(text)];
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt32LE(crc32(data), 10);
  about.writeUInt32LE(data.length, 14);
  about.writeUInt32LE(data.length, 18);
  about.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), about, path, data]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), about, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
