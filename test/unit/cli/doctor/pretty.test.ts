import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { pretty } from "../../../../provider/cli/doctor/pretty";
import type { CheckResult, DoctorReport } from "../../../../provider/cli/doctor/report";

const PLAIN = pc.createColors(false);

const check: CheckResult = {
  ...{ id: "create", group: "endpoints", title: "Create", verdict: "unknown" },
  ...{ found: "a read-only check cannot tell", advice: "A run finds out." },
};

function reportWith(changes: Partial<DoctorReport>): DoctorReport {
  return {
    ...{ version: 1, exitCode: 0, instance: "cake.example", provider: null },
    ...{ checks: [check], discovery: null, settings: [], ...changes },
  };
}

describe("the report for people", () => {
  it("gives advice once where checks that follow each other share it", () => {
    const text = pretty(reportWith({ checks: [check, { ...check, title: "Update" }] }), PLAIN);
    expect(text).toMatch(/unknown {2}Create .*\n +unknown {2}Update .*\n +A run finds out\.\n\nResult/);
    expect(text.match(/A run finds out/g)).toHaveLength(1);
  });

  it("names in one sentence what was not checked", () => {
    const text = pretty(reportWith({ checks: [check, { ...check, title: "Update", found: null }] }), PLAIN);
    expect(text).toContain("Not checked because of the last finding: Update.");
    expect(text).toContain("2 unknown\n");
  });

  it("keeps its columns in color", () => {
    const report = reportWith({ checks: [{ ...check, verdict: "ok" }] });
    const colored = pretty(report, pc.createColors(true));
    expect(colored).toContain("\u001b[32mok\u001b[39m       Create");
    expect(stripVTControlCharacters(colored)).toBe(pretty(report, PLAIN));
  });

  it("quotes a value that a shell would read otherwise", () => {
    const paths = { name: "paths", value: '{"list":"/it\'s;rm.json"}', why: "as set now" } as const;
    const text = pretty(reportWith({ settings: [paths] }), PLAIN);
    expect(text).toContain(`pulumi config set cake:paths "list=it's;rm.json"`);
    expect(text).toContain("as set now (in the environment: CAKE_PATHS)");
  });

  it("asks for what may be secret, and gives the settings of an explicit provider as its arguments", () => {
    const settings = [
      { name: "domain", value: "cake.example", why: "the instance" },
      { name: "apiKey", value: null, why: "Pulumi asks for it" },
      { name: "listLag", value: "9", why: "as set now" },
    ] as const;
    expect(pretty(reportWith({ settings }), PLAIN)).toContain("pulumi config set --secret cake:apiKey\n");
    const text = pretty(reportWith({ settings, provider: "eu" }), PLAIN);
    expect(text).not.toContain("pulumi config set cake:");
    for (const line of [
      'Arguments of the provider "eu" in the program:\n',
      'domain: "cake.example"\n',
      "apiKey: a secret of the stack: pulumi config set --secret euApiKey\n",
      "    Pulumi asks for it\n",
      "listLag: 9\n",
    ])
      expect(text).toContain(line);
  });
});
