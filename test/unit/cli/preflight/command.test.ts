import { describe, expect, test } from "vitest";
import { parseStackExport } from "../../../../provider/cli/input/stackExport";
import {
  deployment,
  exported,
  fileOf,
  made,
  making,
  onCake,
  preflight,
  pretty,
  provider,
  report,
  urnOf,
} from "./support";

const CLEAR = "pulumi refresh --clear-pending-creates --yes";

describe("the command", () => {
  test("ends with 0, and says how many postbacks are where", async () => {
    const two = deployment([onCake, made("acme"), made("beta")]);
    const { code, stdout, stderr } = await preflight([], two);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("OK: no interrupted creates.");
    expect(stdout).toContain("The state holds 2 postbacks: 2 on cake.example.com.");
  });

  test("stops with 1, and prints the steps for both cases, in order", async () => {
    const { code, stdout } = await preflight([fileOf("twoInstances")]);
    expect(code).toBe(1);
    expect(stdout).toContain("nordlicht-eu-summer-sale: affiliate 2004, offer 314, on eu.example.com");
    expect(stdout).toContain("may or may not exist in CAKE");
    expect(stdout).toContain("GET /api/2/api_logs.json");
    const steps = [
      "If CAKE has it:",
      "set adopt.postbackId of the resource to its ID",
      CLEAR,
      "pulumi up",
      "If CAKE does not have it:",
      CLEAR,
      "pulumi up",
      "If the program no longer declares it, or CAKE cannot list postbacks:",
      "deactivate it in CAKE",
    ];
    expect(stdout.replace(/\s+/g, " ")).toMatch(new RegExp(steps.map(escaped).join(".*")));
  });

  test("ends with 2 for an interrupted operation that it does not know, and names it", async () => {
    const pending: [string, Record<string, unknown>][] = [["mending\u001b[2J", made("acme")]];
    const { code, stdout } = await preflight([], deployment([onCake, made("acme")], pending));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^Unknown: 1 postback .*: acme \(mending\uFFFD\[2J\)/);
    expect(stdout).not.toContain("OK");
  });

  test("names the file that is not an export", async () => {
    const { code, stderr } = await preflight([fileOf("twoInstances").replace(/[^/]+$/, "support.ts")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/support\.ts: This is not the output of "pulumi stack export"/);
  });

  test("compares with --domain before CAKE_DOMAIN", async () => {
    const text = deployment([onCake, made("acme")]);
    const right = await preflight(["--domain", "https://cake.example.com"], text, {
      CAKE_DOMAIN: "other.example",
    });
    const wrong = await preflight([], text, { CAKE_DOMAIN: "other.example" });
    expect([right.code, wrong.code]).toEqual([0, 1]);
    expect(wrong.stdout).toContain("the stack works on other.example (from CAKE_DOMAIN or --domain)");
  });

  test("prints JSON for tools, in which nothing can be obeyed by a terminal and nothing is lost", async () => {
    const name = "a\u001b[2J\u202e\u{e0001}";
    const { code, stdout } = await preflight(
      ["--format", "json"],
      deployment([onCake], [["creating", making(name)]]),
    );
    expect(code).toBe(1);
    expect(stdout.trimEnd()).toMatch(/^[\n\x20-\x7e]*$/);
    expect(JSON.parse(stdout)).toMatchObject({ result: "stop", stops: [{ name, urn: urnOf(name) }] });
  });

  test.each([
    ["no JSON", [], "error: no stack selected"],
    ["a preview", [], '{"steps": [], "duration": 1, "changeSummary": {}}'],
    ["a file that is not there", ["no-such-export.json"], ""],
    ["an unknown option", ["--import"], ""],
    ["a domain that is none", ["--domain", "https://cake.example.com/path"], ""],
  ])("ends with 2 for %s", async (_, args, input) => {
    const { code, stdout, stderr } = await preflight(args, input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toBe("");
  });

  test("ends with 2 for a CAKE_DOMAIN that is none, and does not repeat a password in it", async () => {
    const text = deployment([onCake]);
    const { code, stderr } = await preflight([], text, {
      CAKE_DOMAIN: "https://me:hunter2@cake.example.com",
    });
    expect(code).toBe(2);
    expect(stderr).toContain("CAKE_DOMAIN");
    expect(stderr).not.toContain("hunter2");
    expect(stderr).not.toContain("--run-program");
  });

  test("documents its exit codes", async () => {
    const { code, stdout } = await preflight(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("1  stop: resolve");
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe("what is not an export", () => {
  test.each([
    ["", /it is empty/],
    ['{"version": 3, "deploy', /not JSON/],
    ["[]", /has no version/],
    ['{"version": "3"}', /has no version/],
    ['{"version": 2, "deployment": {}}', /version 2.*Update the Pulumi CLI/],
    ['{"version": 5, "deployment": {}}', /version 5.*Update pulumi-cake/],
    // A file of a backend, in which the resources are elsewhere: nothing pending would be found.
    ['{"version": 3, "checkpoint": {"latest": {}}}', /"deployment" is missing/],
    ['{"version": 3, "deployment": {"resources": {}}}', /"deployment.resources" is missing/],
    [
      '{"version": 3, "deployment": {"resources": [{"type": "a"}]}}',
      /"deployment.resources.0.urn" is missing/,
    ],
    [
      '{"version": 3, "deployment": {"pending_operations": [{"type": "creating"}]}}',
      /pending_operations.0.resource/,
    ],
  ])("is refused with words: %s", (text, words) => {
    expect(() => parseStackExport(text)).toThrow(words);
  });

  test.each(["inputs", "outputs"])("is one with a state that a newer version marked in its %s", (bag) => {
    const newer = made("acme", {}, {});
    const marked = { ...newer, [bag]: { ...(newer[bag] as object), __version: 2 } };
    expect(() => parseStackExport(deployment([onCake, marked]))).toThrow(
      /^The state of "acme" has version 2, and this pulumi-cake reads up to 1\..*\[written-by-newer-version\]$/,
    );
    expect(() => parseStackExport(deployment([], [["creating", marked]]))).toThrow(
      "written-by-newer-version",
    );
    const foreign = { ...marked, type: "aws:s3/bucket:Bucket" };
    expect(parseStackExport(deployment([foreign])).resources).toHaveLength(1);
  });

  test("is refused without quoting it", () => {
    const text = JSON.stringify({
      version: 3,
      deployment: { resources: [{ urn: { a: "a-secret" }, type: "t" }] },
    });
    expect(() => parseStackExport(text)).toThrow(/^((?!a-secret).)*$/s);
  });

  test.each([
    ['{"version": 3, "deployment": {"manifest": {}}}'],
    ['{"version": 3, "deployment": {"resources": null, "pending_operations": null}}'],
    ['{"version": 3, "deployment": null}'],
    ['{"version": 4, "features": ["taint"], "deployment": {"resources": []}}'],
  ])("a stack without resources is one: %s", (text) => {
    expect(parseStackExport(text)).toEqual({ resources: [], pending: [] });
  });
});

describe("the text", () => {
  const creates = (...names: string[]) =>
    pretty(
      report(
        deployment(
          [onCake],
          names.map((name) => ["creating", making(name)]),
        ),
      ),
    );

  test("never shows a URL or any other value of a postback", () => {
    const all = [exported("twoInstances"), exported("replacement"), exported("finished")];
    for (const text of all.map((one) => pretty(report(one)))) expect(text).not.toMatch(/https?:|#s2#|track/);
    expect(creates("acme")).not.toContain("theirs");
  });

  test("never recommends to import pending creates", () => {
    expect(creates("acme")).toMatch(/Do not use --import-pending-creates/);
    expect(creates("acme").split("--import-pending-creates")).toHaveLength(2);
  });

  test("asks to check all creates before they are cleared together", () => {
    expect(creates("acme")).not.toContain("check every one");
    const two = creates("acme", "beta");
    expect(two).toContain("the create of 2 postbacks");
    expect(two).toContain("clears all of them at once: check every one first");
  });

  test("warns that creates of other resources are cleared as well", () => {
    const bucket = { urn: urnOf("logs", "aws:s3/bucket:Bucket"), type: "aws:s3/bucket:Bucket" };
    const text = pretty(report(deployment([onCake], [["creating", bucket]])));
    expect(text).toMatch(/other resources were interrupted, too: logs\. .*clears them as well/);
  });

  test.each([
    ["updating", /The update of 1 postback .*"pulumi refresh"/s],
    ["deleting", /The delete of 1 postback .*"pulumi refresh"/s],
  ])("says what an interrupted operation means: %s", (operation, words) => {
    const text = pretty(report(deployment([onCake, made("acme")], [[operation, made("acme")]])));
    expect(text).toMatch(words);
    expect(text).toContain("acme (8801): affiliate 67890, offer 12345, on cake.example.com");
  });

  test("says how to clear what is finished", () => {
    const text = pretty(report(exported("finished")));
    expect(text).toContain(
      `If CAKE cannot list postbacks, search it for a second one. Then clear the state: ${CLEAR}`,
    );
    expect(text).not.toContain("Stop");
  });

  test("says what is unknown", () => {
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "v1:x",
    };
    const hidden = making("acme", {}, { affiliateId: secret });
    expect(pretty(report(deployment([onCake], [["creating", hidden]])))).toContain(
      "affiliate (unknown: secret in the state), offer 12345",
    );
    const nowhere = pretty(report(deployment([onCake, made("acme", {}, { domain: secret })])));
    expect(nowhere).toContain("The instance of 1 postback was not compared: the state does not say where");
    expect(nowhere).toContain("1 on an unknown instance");
    const unknown = pretty(report(deployment([provider("default", {}).state, made("acme")])));
    expect(unknown).toContain("give --domain or CAKE_DOMAIN");
  });

  test("names ten postbacks of a wrong instance, and counts the others", () => {
    const many = [...Array(12).keys()].map((index) => made(`p${index}`, { id: `${8801 + index}` }));
    const text = pretty(report(deployment([onCake, ...many]), { CAKE_DOMAIN: "other.example" }));
    expect(text).toContain("12 postbacks live on cake.example.com");
    expect(text).toContain("p9 (8810) and 2 more");
    expect(text).not.toContain("p10 ");
  });

  test("says what to do if the setting was corrected since the last run", () => {
    const saved = pretty(
      report(deployment([provider("default", { "cake:domain": "x.example" }).state, made("a")])),
    );
    expect(saved).toContain("give the right --domain");
    const eu = provider("eu", { "cake:name": "eu", "cake:domain": "x.example" });
    const explicit = pretty(report(deployment([eu.state, made("a", { provider: eu.reference })])));
    expect(explicit).toContain('the provider "eu" works on x.example (as the last run saved)');
    expect(explicit).toContain("once without this check");
  });

  test("is inert", () => {
    const control = /[^\P{Cc}\n]|\p{Cf}/u;
    const text = creates("a\u001b[2J\u202e");
    expect(text).not.toMatch(control);
    const elsewhere = made("b\u0007", { id: "8\u0007" }, { domain: "x\u001b]8;;" });
    expect(pretty(report(deployment([onCake, elsewhere])))).not.toMatch(control);
  });
});
