import { execFile, execFileSync, spawn } from "node:child_process";
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { serveTls } from "../unit/http/servers";
import { failureOf, messagesOf } from "./support/failures";
import { newFromStarter, repository, temporaryFolder } from "./support/places";
import { previewTwice, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const ACME = "affiliate-67890-offer-12345-main";

withCli("examples/starter as a template", () => {
  it.each([
    ["a path", () => join(repository, "examples/starter")],
    // The address that docs/getting-started.md would name, on another host.
    ["the address of a version on a git server", serveVersion],
  ])("is taken by `pulumi new` from %s", async (_where, place) => {
    const folder = join(temporaryFolder(), "our-postbacks");
    const home = temporaryFolder();
    const [template, certificate = ""] = [await place()].flat();
    const answers = ["--name", "our-postbacks", "--description", "Our postbacks"];
    await promisify(execFile)(
      "pulumi",
      ["new", template ?? "", "--generate-only", "--yes", "--non-interactive", "--dir", folder, ...answers],
      {
        env: {
          ...process.env,
          PULUMI_HOME: home,
          // A language host that was built for tests has no SDK of its own, and nothing is installed yet.
          NODE_PATH: join(repository, "node_modules"),
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_BACKEND_URL: `file://${home}`,
          ...(certificate && { SSL_CERT_FILE: certificate }),
        },
      },
    );
    expect(readFileSync(join(folder, "package.json"), "utf8")).toContain('"name": "our-postbacks"');
    const project = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
    expect(project).not.toMatch(/^template:|\$\{/m);
    expect(project).toContain("description: Our postbacks");
    const files = execFileSync("git", ["ls-files"], {
      cwd: join(repository, "examples/starter"),
      encoding: "utf8",
    });
    for (const file of files.trim().split("\n")) expect(existsSync(join(folder, file)), file).toBe(true);
  });
});

/** Serves the example as a repository with a tag, by git's own server over TLS: its address, and what vouches for it. */
async function serveVersion(): Promise<[url: string, certificate: string]> {
  const root = temporaryFolder();
  const [work, bare] = [join(root, "work"), join(root, "pulumi-cake/pulumi-cake.git")];
  cpSync(join(repository, "examples/starter"), join(work, "examples/starter"), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.invalid", ...args]);
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
    ["commit", "--quiet", "-m", "x"],
    ["tag", "v0.1.0"],
  ])
    git("-C", work, ...args);
  git("clone", "--quiet", "--bare", work, bare);
  const { url, cert } = await serveTls((request, answer) => {
    const { pathname, search } = new URL(request.url ?? "", "https://x.invalid");
    const backend = spawn("git", ["http-backend"], {
      env: {
        ...process.env,
        ...{ GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: "1", PATH_INFO: pathname },
        ...{ QUERY_STRING: search.slice(1), REQUEST_METHOD: request.method },
        CONTENT_TYPE: request.headers["content-type"],
        CONTENT_LENGTH: request.headers["content-length"],
      },
    });
    request.pipe(backend.stdin);
    // What it prints is an HTTP message without its first line.
    answer.socket?.write("HTTP/1.1 200 OK\r\nConnection: close\r\n");
    backend.stdout.pipe(answer.socket as Socket);
  });
  const certificate = join(root, "cert.pem");
  writeFileSync(certificate, cert);
  return [new URL("pulumi-cake/pulumi-cake/tree/v0.1.0/examples/starter", url).href, certificate];
}

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
