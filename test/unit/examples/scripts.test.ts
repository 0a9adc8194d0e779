import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import MarkdownIt from "markdown-it";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMAND } from "../cli/command";
import { scriptOf } from "../github/workflows";
import { runAction } from "./actions";

// What the runner images of GitHub have; a machine without one of them cannot show anything here.
const TOOLS = ["bash", "jq", "unzip", "perl", "iconv"];
const hasTools = TOOLS.every((tool) => spawnSync(tool, ["--version"]).error === undefined);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cake-workflow-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
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
  *"label create"*) ;;
  *)
    echo "$*" >> "$STUBS/sent"
    # GitHub refuses what is too long, and what a test says.
    [ "$(wc -m < body.md)" -le 65536 ]
    if [ -e "$STUBS/refused" ]; then rm "$STUBS/refused"; exit 1; fi ;;
esac`;

const HOSTILE = [
  "```",
  "</code></pre><img src=https://evil.example/x.png>",
  "@everyone see [this](https://track.example/pb?cid=1) https://track.example/pb #1",
  "\u001b[2J\u202eevil\u2028# heading\r# heading\u2029# heading\u0085# heading",
  "<!-- pulumi-cake review -->",
  "",
  "not indented",
].join("\n");

/** Expects that a comment holds one block of code with the hostile text, and that nothing of it is outside. */
function expectHarmless(body: string): void {
  const html = new MarkdownIt({ html: true, linkify: true }).render(body);
  const [before = "", code = "", after = ""] = html.split(/<pre><code>|<\/code><\/pre>/);
  expect(code).toContain("not indented");
  expect(html.split("<pre>")).toHaveLength(2);
  expect(`${before}${after}`).not.toMatch(/<img|<h[13-6]|everyone|evil/);
  expect(`${before}${after}`.match(/<a /g)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(code).not.toMatch(/<(?!\/?code)/);
  expect(body.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
}

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
    write("review/review.md", "## Postbacks: 1 new\n");
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
    write("review/review.md", "## Postbacks: 1 new\n");
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

  it.each([
    ["one long line", "x".repeat(5_000_000)],
    ["many short lines", "x\n".repeat(500_000)],
    ["letters of four bytes", "\u{1F370}".repeat(100_000)],
  ])("holds whatever was written: %s", (_case, text) => {
    write("comments.json", JSON.stringify([OURS]));
    write("review/review.md", text);
    expect(post().status).toBe(0);
    expect(Buffer.byteLength(read("body.md"))).toBeLessThan(65_536);
    expect(read("body.md")).toContain("Cut here");
    expect(read("body.md")).not.toContain("\uFFFD");
  });

  it("takes nothing of an artifact but the review", () => {
    write("comments.json", "[]");
    for (const name of ["body.md", "gh", "comments.json"]) write(`review/${name}`, "theirs");
    expect(post().status).toBe(0);
    expect(read("body.md")).toContain("There is no review");
  });

  it("fails where it cannot be posted, and replaces the old one all the same", () => {
    write("comments.json", JSON.stringify([OURS]));
    write("review/review.md", "## Postbacks: 1 new\n");
    write("refused", "");
    expect(post().status).toBe(1);
    expect(read("sent").match(/--method PATCH/g)).toHaveLength(2);
    expect(read("body.md")).toMatch(
      /^<!-- pulumi-cake review -->\n## The review could not be posted\n\nCommit abc/,
    );
  });

  it("says the errors of a preview that failed, and nothing in them is more than text", async () => {
    stub("npx", `shift 3; exec "${process.execPath}" "${COMMAND}" "$@"`);
    const diagnostics = [{ severity: "error", message: `error: ${HOSTILE}\n` }];
    write("preview.json", JSON.stringify({ steps: [], diagnostics }));
    const place = { workspace: folder, temp: folder, env: { PATH: `${folder}:${process.env.PATH}` } };
    const { outputs } = await runAction("review", { preview: "preview.json" }, place);
    expect(outputs.verdict).toBe("not-reviewed");
    write("comments.json", "[]");
    write("review/review.md", read("review.md"));
    expect(post().status).toBe(0);
    expectHarmless(read("body.md"));
    expect(read("body.md")).toContain("## The postbacks were not reviewed");
  }, 60_000);
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
    review(HOSTILE);
    expect(post().status).toBe(0);
    expectHarmless(read("body.md"));
  });

  it.each([
    ["long lines", `${"x".repeat(99)}\n`.repeat(20_000)],
    ["40,000 lines without a letter", "\n".repeat(40_000)],
    ["lines of one letter", "x\n".repeat(40_000)],
    ["letters of four bytes", "\u{1F370}".repeat(100_000)],
    ["invisible characters", `${"\u202e".repeat(1_000)}\n`.repeat(10_000)],
  ])("is posted, and says that it is cut, whatever a small artifact unpacks to: %s", (_case, text) => {
    review(text);
    expect(post().status).toBe(0);
    expect(Buffer.byteLength(read("body.md"))).toBeLessThan(65_536);
    expect(read("body.md")).toContain("Cut here");
    expect(read("body.md")).not.toContain("\uFFFD");
  });

  it("fails where it cannot be posted, and replaces the old one all the same", () => {
    review("x");
    write("refused", "");
    expect(post().status).toBe(1);
    expect(read("sent").match(/--method POST/g)).toHaveLength(2);
    expect(read("body.md")).toContain("could not be posted");
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
  const tell = (drifted: string, issue: string) => {
    stub("gh", GH);
    write("issue", issue);
    write("drift/drift.txt", "~ acme update [diff: ~postbackUrl]\n@everyone\n");
    expect(
      runStep("drift.yml", "Open, update or close the issue", {
        ...{ DRIFTED: drifted, TITLE: `drifted: ${drifted}`, RUN_URL: "run" },
      }).status,
    ).toBe(0);
    return read("sent");
  };

  it("keeps one issue", () => {
    expect(tell("yes", "")).toContain("issue create --label postback-drift --title drifted: yes");
    // A job that failed early has no output.
    expect(tell("", "12\n")).toContain("issue edit 12 --title drifted: ");
    expect(read("body.md")).toContain("\n    @everyone\n");
    expect(tell("no", "12\n")).toContain("issue close 12");
  });

  const body = (found: string) => {
    stub("gh", GH);
    write("issue", "12\n");
    write("drift/drift.txt", found);
    const { status } = runStep("drift.yml", "Open, update or close the issue", {
      ...{ DRIFTED: "yes", TITLE: "drifted", RUN_URL: "run" },
    });
    return { status, text: read("body.md") };
  };

  it("shows nothing but text, whatever CAKE holds", () => {
    const { status, text } = body(HOSTILE);
    expect(status).toBe(0);
    expectHarmless(text);
  });

  it.each([
    ["long lines", `${"x".repeat(99)}\n`.repeat(20_000)],
    ["empty lines", "\n".repeat(40_000)],
    ["letters of four bytes", "\u{1F370}".repeat(100_000)],
  ])("keeps an issue that GitHub takes, and says that it is cut: %s", (_case, found) => {
    const { status, text } = body(found);
    expect(status).toBe(0);
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect(text).toContain("Cut here");
  });

  it("fails where the issue cannot be written, and the old text does not stand", () => {
    write("refused", "");
    const { status, text } = body("x");
    expect(status).toBe(1);
    expect(text).toContain("could not be posted");
  });

  it("says nothing where all is well", () => {
    expect(tell("no", "")).toBe("");
  });
});

/** An archive of one file. */
function zip(name: string, text: string): Buffer {
  const [path, data] = [Buffer.from(name), Buffer.from(text)];
  const packed = deflateRawSync(data);
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(8, 4);
  about.writeUInt32LE(crc32(data), 10);
  about.writeUInt32LE(packed.length, 14);
  about.writeUInt32LE(data.length, 18);
  about.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), about, path, packed]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), about, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
