import { describe, expect, it } from "vitest";
import { ProviderProcess } from "../../../provider/door/providerProcess";
import { UNKNOWN } from "../../../provider/lifecycle/unknown";
import { provider } from "../../../provider/plugin/proto";
import { checkConfig, configure, diffConfig } from "../../../provider/plugin/settingsCalls";
import { unwrap, wrap } from "../../../provider/plugin/values";

const urnOf = (name: string) => `urn:pulumi:dev::shop::pulumi:providers:cake::${name}`;

function check(name: string, news: Record<string, unknown>) {
  const answer = checkConfig(new provider.CheckRequest().setUrn(urnOf(name)).setNews(wrap(news, [])));
  return { ...unwrap(answer.getInputs()), reasons: answer.getFailuresList().map((one) => one.getReason()) };
}

describe("the check of settings", () => {
  it("names every problem in one answer, and no value of a secret", () => {
    const { reasons } = check("eu", {
      domain: "http://cake.example",
      apiKey: "two words",
      concurrency: 0,
      timeout: 1,
    });
    const all = reasons.join("\n");
    for (const name of ["timeout", "domain", "apiKey", "concurrency"])
      expect(all).toMatch(new RegExp(`argument:? "?${name}\\b`));
    expect(all).not.toContain("two words");
  });

  it("names the argument that a mistyped one may mean", () => {
    expect(check("eu", { domain: "cake.example", apikey: "k" }).reasons.join()).toContain(
      "Did you mean apiKey?",
    );
  });

  it("finds an unknown argument also where its name is one that every object has", () => {
    expect(check("eu", { domain: "cake.example", constructor: 1 }).reasons.join()).toContain('"constructor"');
  });

  it("lets pass what the engine adds, and what else a stack keeps under the same name", () => {
    expect(check("eu", { domain: "cake.example", version: "0.1.0", __internal: {} }).reasons).toEqual([]);
    expect(check("default_0_1_0", { domain: "cake.example", ours: "x" }).reasons).toEqual([]);
  });

  it("lets pass what a preview does not know, also inside a list", () => {
    const news = { domain: UNKNOWN, apiKey: UNKNOWN, formerDomains: ["old.example", UNKNOWN] };
    expect(check("eu", news)).toMatchObject({ bag: news, reasons: [] });
  });

  it("takes texts and values that mean the same", () => {
    const typed = { concurrency: 2, formerDomains: ["old.example"], paths: { list: "/list.json" } };
    const texts = Object.fromEntries(
      Object.entries(typed).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    for (const news of [typed, texts])
      expect(check("eu", { domain: "cake.example", ...news }).reasons).toEqual([]);
  });

  it("closes the secret settings, whether or not the program has called them secret", () => {
    expect(
      check("eu", { domain: "cake.example", apiKey: "key", proxy: "http://me:pw@proxy:1" }).secrets,
    ).toEqual(["apiKey", "proxy"]);
  });
});

describe("the difference of settings", () => {
  it("is the names that changed, and replaces nothing", () => {
    const [olds, news] = [
      wrap({ domain: "a.example", apiKey: "old" }, []),
      wrap({ domain: "a.example", apiKey: "new" }, []),
    ];
    const answer = diffConfig(new provider.DiffRequest().setOldInputs(olds).setNews(news));
    expect(answer.getDiffsList()).toEqual(["apiKey"]);
    expect(answer.getChanges()).toBe(provider.DiffResponse.DiffChanges.DIFF_SOME);
    expect(answer.getReplacesList()).toEqual([]);
    const same = diffConfig(new provider.DiffRequest().setOldInputs(olds).setNews(olds));
    expect(same.getChanges()).toBe(provider.DiffResponse.DiffChanges.DIFF_NONE);
  });
});

describe("the settings of a process", () => {
  const served = () => new ProviderProcess({ engine: () => "", log: () => undefined });
  const request = () => new provider.ConfigureRequest().setArgs(wrap({ domain: "eu.example" }, []));

  // It would take the key of the stack's own provider for that of another instance.
  it("are refused from a CLI that does not say whose they are", () => {
    const process = served();
    expect(() => configure(process, request())).toThrow("[cli-too-old]");
    expect(process.settings("cake:domain")).toBeUndefined();
  });

  it("name the provider that the program declared, and no other", () => {
    const [declared, own] = [served(), served()];
    configure(declared, request().setUrn(urnOf("eu")));
    configure(own, request().setUrn(urnOf("default_0_1_0")));
    expect(declared.settings("cake:name")).toBe("eu");
    expect(own.settings("cake:name")).toBeUndefined();
  });
});
