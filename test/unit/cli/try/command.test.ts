import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { TryReport } from "../../../../provider/cli/try/report";
import { deadPort, type Served, serve, serveTls } from "../../http/servers";
import { COMMAND } from "../command";
import { declared, fileWith, GOOD, preview, ran, run, secretUrl, state } from "./support";

const SUPPRESS = { suppress: { P12: "on this machine", P14: "on this machine" } };
const SEND = ["--send", "--yes", "--allow-private"];
const pb = ({ url }: Served) => `${url}pb?cid=#s2#&payout=#price#&txid=#leadid#`;
const partner = (body: string) => serve((_, response) => response.end(body));
const reportIn = ({ out }: { out: string }) => JSON.parse(out) as TryReport;

describe("pulumi-cake try", () => {
  it("shows the request of a resource in a preview from standard input, and calls nobody", async () => {
    const called = await partner("OK");
    const text = preview({
      acme: declared({ postbackUrl: pb(called), ...SUPPRESS }),
      bolt: declared({ offerId: 2 }),
    });
    const shown = await run(["--resource", "acme", "--set", "#s2#=a1b2"], text);
    expect(shown).toMatchObject({ code: 0, err: "" });
    expect(shown.out).toContain("Request of acme (standard input)");
    expect(shown.out).toMatch(/parameter cid +a1b2 +click ID +#s2# \(given\)/);
    expect(shown.out).toContain("suppressed P14");
    expect(shown.out).toContain("Nothing was sent.");
    expect(called.connections).toBe(0);
  });

  it("ends with 1 for an error of a rule, with 0 for a URL without one, in a host that does not exist", async () => {
    expect((await run(["https://no-such-host.invalid/pb?cid=#s2&x=1"])).code).toBe(1);
    expect(await run([GOOD])).toMatchObject({ code: 0, err: "" });
  });

  it("prints a report in JSON", async () => {
    const { code, out } = await run([GOOD, "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ...{ version: 1, isSent: false, exitCode: 0, errors: 0 },
      postback: { name: "a URL", source: "the command line", isSecret: false },
      request: { method: "GET", scheme: "https", port: 443, calledBy: "unknown" },
    });
  });

  it.each([
    ["on the command line", (url: string): [string[], string] => [[url], ""]],
    ["in a CSV", (url: string): [string[], string] => [[fileWith(`postback_url\n${url}\n`, "pb.csv")], ""]],
    [
      "in a preview",
      (url: string): [string[], string] => [[], preview({ acme: declared({ postbackUrl: url }) })],
    ],
  ])("shows no API key that stands in a URL %s", async (_, sourceOf) => {
    const [args, text] = sourceOf(`${GOOD}&note=key-canary-4711`);
    for (const format of ["pretty", "json"]) {
      const { out, err } = await run([...args, "--format", format], text, {
        CAKE_API_KEY: "key-canary-4711",
      });
      expect(out).toContain("***");
      expect(out + err).not.toContain("canary");
    }
  });

  it("judges with the rules of the stack, of an explicit file and of the resource's provider", async () => {
    const text = preview(
      { acme: declared({ postbackUrl: `${GOOD}&g=#goal#` }) },
      { "cake:rules": '{"macros":["goal"]}' },
    );
    expect((await run(["--set", "goal=deposit"], text)).out).toContain("deposit");
    const rules = fileWith('{"severity":{"P08":"error"}}');
    expect((await run(["--rules", rules], text)).code).toBe(1);
    expect((await run(["--rules", rules, "--set", "goal=x"], text)).err).toContain("[try-macro-unknown]");
  });

  it.each([
    ["a name that is not there", ["--resource", "x"], "[try-not-found]"],
    ["two choices", ["--resource", "x", "--row", "1"], "cannot be used with option"],
    ["an option that only a call has", ["--yes"], "[try-needs-send]"],
    ["an option that only a call has", ["--allow-private"], "[try-needs-send]"],
    ["an option that only a call has", ["--allow-ci"], "[try-needs-send]"],
    ["a macro without a value", ["--set", "s2"], "It must be a macro and its value"],
    ["a macro with two values", ["--set", "s2=1", "--set", "#s2#=2"], "#s2# has two values."],
    ["a timeout that never ends", ["--timeout", "1e9"], "at most 120"],
    ["an ID that is not one", ["--id", "1.5"], "a postback ID, such as 8801"],
  ])("ends with 2 and one message for %s", async (_, args, says) => {
    const { code, out, err } = await run(args, preview({ acme: declared() }));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(says);
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(2);
  });
});

describe("pulumi-cake try --send", () => {
  it("calls the partner once and exactly as shown, without the environment's proxy, cookies or key", async () => {
    const called = await partner("success=true;");
    const env = { CAKE_API_KEY: "key-canary-4711", HTTP_PROXY: `http://127.0.0.1:${await deadPort()}` };
    const sent = await run([pb(called), ...SEND, "--format", "json"], "", env);
    const report = reportIn(sent);
    expect([called.connections, called.requests.length]).toEqual([1, 1]);
    expect(report.request.url).toBe(`${called.url.origin}${called.requests[0]?.url}`);
    expect(report).toMatchObject({ isSent: true, answer: { kind: "accepted", status: 200 } });
    expect(JSON.stringify(called.requests[0]?.headers) + sent.out + sent.err).not.toContain("canary");
    expect(Object.keys(called.requests[0]?.headers ?? {}).sort()).toEqual([
      ...["accept", "connection", "host", "user-agent"],
    ]);
  });

  it("trusts whom Node.js trusts, and nobody else", async () => {
    const called = await serveTls((_, response) => response.end("OK"), { name: "localhost" });
    const url = pb(called).replace("127.0.0.1", "localhost");
    const text = preview({ acme: declared({ postbackUrl: url, ...SUPPRESS }) });
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const refused = await run(SEND, text, env);
    expect(refused.out).toContain("No secure connection can be made, so nothing was sent.");
    expect([refused.code, called.requests.length]).toEqual([1, 0]);
    const trusted = await run(SEND, text, { NODE_EXTRA_CA_CERTS: fileWith(called.cert, "ca.pem") });
    expect(trusted.out).toContain("The partner accepted the call.");
    expect([trusted.code, called.requests.length]).toEqual([0, 1]);
  });

  it("is refused in continuous integration", async () => {
    const called = await partner("OK");
    const refused = await run([pb(called), ...SEND], "", { CI: "true" });
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain("Nothing was sent.");
    expect(refused.err).toContain("[try-not-in-ci]");
    expect(called.connections).toBe(0);
  });

  it("is made in continuous integration if that is allowed, and where the variable says no", async () => {
    const called = await partner("OK");
    await run([pb(called), ...SEND, "--allow-ci"], "", { CI: "true", GITHUB_ACTIONS: "true" });
    await run([pb(called), ...SEND], "", { CI: "false", GITHUB_ACTIONS: "" });
    expect(called.connections).toBe(2);
  });

  it("is not made where nobody can be asked", async () => {
    const called = await partner("OK");
    for (const stdin of ["", "y\n"]) {
      const refused = await run([pb(called), "--send", "--allow-private"], stdin);
      expect(refused).toMatchObject({ code: 2, out: "" });
      expect(refused.err).toContain("Nothing was sent.");
    }
    expect(called.connections).toBe(0);
  });

  it("is not made to this machine without permission", async () => {
    const called = await partner("OK");
    const refused = await run([pb(called), "--send", "--yes"]);
    expect([refused.code, refused.out, called.connections]).toEqual([2, "", 0]);
    expect(refused.err).toContain("[try-private-address]");
  });

  it("shows nothing of a URL that the program keeps secret, and calls it all the same", async () => {
    const called = await serve((request, response) => response.end(`OK ${request.url} hidden-t0ken`));
    const url = `${called.url}hiddenpath?cid=#s2#&hidden=hidden-t0ken`;
    const text = state({ acme: { ...declared(SUPPRESS), postbackUrl: secretUrl(url) } });
    const sent = await run(SEND, text);
    expect(called.requests[0]?.url).toBe("/hiddenpath?cid=w7KJ2M9XQ4T1&hidden=hidden-t0ken");
    expect(sent.out + sent.err).not.toMatch(/hiddenpath|hidden-t0ken|w7KJ/);
    expect(sent.out).toContain("The program keeps this URL secret");
  });
});

// A pseudo terminal from the operating system: its "script" connects one to a process.
const hasScript = spawnSync("bash", ["-c", "script --version | grep -q util-linux"]).status === 0;

describe.skipIf(!hasScript)("the question on a terminal", () => {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const command = (args: readonly string[]) =>
    [process.execPath, COMMAND, "try", ...args].map(quoted).join(" ");
  /** Answers once the question is there: what is typed before would be lost. */
  async function asked(line: string, answer: string) {
    const typed = `while ! grep -q 'y/N' "$LOG" 2>/dev/null; do sleep 0.05; done; printf '${answer}'; while kill -0 $PPID 2>/dev/null && ! grep -q '@@end' "$LOG"; do sleep 0.05; done`;
    const log = fileWith("", "typescript");
    const inner = `${line}; echo "@@end $?"`;
    const script = `( ${typed} ) | script -qfc ${quoted(inner)} "$LOG" > /dev/null; cat "$LOG"`;
    const { out } = await ran("bash", ["-c", script], "", { LOG: log, TERM: "dumb" });
    return { out, code: Number(/@@end (\d+)/.exec(out)?.[1] ?? -1) };
  }

  it("names the host, and is answered with y", async () => {
    const called = await partner("success=true;");
    const { out, code } = await asked(
      command([pb(called), "--send", "--allow-private", "--set", "s2=x"]),
      "y\\n",
    );
    expect(out).toContain(
      `The rules find 1 error in this URL. This call may count a conversion at 127.0.0.1:${called.port}. Send it? [y/N]`,
    );
    expect(out).toContain("The partner accepted the call.");
    expect([code, called.connections]).toEqual([1, 1]);
  });

  it.each([
    ["n", "n\\n"],
    ["Enter", "\\n"],
    ["another word", "yep\\n"],
    ["Ctrl-D", "\\004"],
    ["Ctrl-C", "\\003"],
  ])("is a no for %s", async (_, answer) => {
    const called = await partner("OK");
    const { out, code } = await asked(command([pb(called), "--send", "--allow-private"]), answer);
    expect(out).toContain("Nothing was sent.");
    expect([code, called.connections]).toEqual([2, 0]);
  });

  it("is asked on the terminal where standard input holds the source", async () => {
    const called = await partner("OK");
    const file = fileWith(preview({ acme: declared({ postbackUrl: pb(called), ...SUPPRESS }) }));
    const line = `cat ${quoted(file)} | ${command(["-", "--send", "--allow-private"])}`;
    expect((await asked(line, "y\\n")).code).toBe(0);
    expect(called.connections).toBe(1);
    expect((await asked(line, "n\\n")).code).toBe(2);
    expect(called.connections).toBe(1);
  });
});
