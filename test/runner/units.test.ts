import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFixture } from "./agreement/fixtures";
import { passphrase } from "./agreement/recording";
import { earlierUrns, normalizeUrns } from "./aliases";
import { afterRefresh } from "./base";
import { deserializeDeployment, saltOf, serializeDeployment } from "./deployment";
import { diffInputs, diffMaps, publicChanges } from "./diff";
import { renderChanges } from "./displayDiff";
import { Executor } from "./executor";
import { DependencyGraph } from "./graph";
import { formatPath, ignoreChanges, parsePath, pathContains } from "./paths";
import { Crypter } from "./secrets";
import { newState, outputsOf, type ResourceState } from "./state";
import type { Step } from "./steps/step";
import type { Deployment } from "./types";
import {
  annotateSecrets,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
  unwrapSecrets,
} from "./values";
import { fromStruct, outputDependencies, signatureKey, toStruct } from "./wire";

const everything = { secrets: true, unknowns: true, references: true };

const { value: anyValue } = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<PropertyValue>(
      null,
      true,
      "text",
      1.5,
      new Unknown(),
      new ResourceReference("urn:x", "id", ""),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b c", "d"), tie("value")),
    tie("value").map((inner) => new Secret(inner)),
  ),
}));
const anyMap: fc.Arbitrary<PropertyMap> = fc.dictionary(fc.constantFrom("x", "y", "z"), anyValue);

describe("property values on the wire", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(anyMap, (map) => {
        expect(fromStruct(toStruct(map, everything))).toEqual(map);
      }),
    );
  });

  it("carry no secret and no reference to a provider that knows none", () => {
    fc.assert(
      fc.property(anyMap, (map) => {
        const plain = toStruct(map, { secrets: false, unknowns: true, references: false }).toJavaScript();
        expect(JSON.stringify(plain)).not.toContain(signatureKey);
      }),
    );
  });

  it("name the resources that outputs inside them depend on", () => {
    const output = {
      [signatureKey]: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
      value: [1],
      dependencies: ["urn:a"],
    };
    expect(outputDependencies({ deep: [output] })).toEqual(["urn:a"]);
  });
});

describe("secrets", () => {
  it("stay secret under their name when a provider answers in plain text", () => {
    const outputs: PropertyMap = { whole: "a", list: [1, 2], object: { inner: "b", other: "c" }, fresh: "d" };
    annotateSecrets(outputs, {
      whole: new Secret("x"),
      list: [new Secret(1)],
      object: { inner: new Secret("y"), other: 1 },
    });
    expect(outputs).toEqual({
      whole: new Secret("a"),
      list: new Secret([1, 2]),
      object: { inner: new Secret("b"), other: "c" },
      fresh: "d",
    });
  });

  it("are read from the real CLI's state, and not with another passphrase", async () => {
    const deployment = readFixture("deployment") as Deployment;
    const salt = saltOf(deployment) ?? "";
    const snapshot = deserializeDeployment(deployment, await Crypter.open(passphrase, salt));
    expect(outputsOf(snapshot)).toEqual({ token: new Secret("t"), of: '"1!"!' });
    await expect(Crypter.open("wrong", salt)).rejects.toThrow("incorrect passphrase");
  });

  it("are written so that they can be read, whatever they hold", async () => {
    const crypter = await Crypter.create(passphrase);
    await fc.assert(
      fc.asyncProperty(anyMap, async (outputs) => {
        const state = newState({ urn: "urn:pulumi:s::p::a:b:C::n", type: "a:b:C", custom: true, outputs });
        const deployment = serializeDeployment({ resources: [state], pendingOperations: [] }, crypter);
        const [read] = deserializeDeployment(
          JSON.parse(JSON.stringify(deployment)) as Deployment,
          crypter,
        ).resources;
        expect(read?.outputs).toEqual(outputs);
      }),
      { numRuns: 30 },
    );
  });
});

describe("property paths", () => {
  it.each([
    ["a.b.c", ["a", "b", "c"]],
    ['a["b.c"][0].d', ["a", "b.c", 0, "d"]],
    ["a[*].b", ["a", "*", "b"]],
  ])("%s", (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(parsePath(formatPath(path))).toEqual(path);
  });

  it("contain what lies below them", () => {
    expect(pathContains(["a", "*"], ["a", "b", "c"])).toBe(true);
    expect(pathContains(["a", "b"], ["a"])).toBe(false);
  });

  it("put back what is to be ignored, and name what cannot be", () => {
    const olds = { a: { b: 1, c: [1, 2] }, gone: "x" };
    const news = { a: { b: 2, c: [3, 4] }, extra: "y" };
    expect(ignoreChanges(news, olds, ["a.b", "a.c[1]", "extra", "gone"])).toEqual({
      inputs: { a: { b: 1, c: [3, 2] }, gone: "x" },
      invalid: [],
    });
    expect(ignoreChanges(news, olds, ["a.c[2]", "a.b.c"]).invalid).toEqual([]);
    expect(ignoreChanges({ a: [1] }, { a: [1, 2] }, ["a[1]"]).invalid).toEqual(["a[1]"]);
  });
});

describe("differences", () => {
  it("are none between a bag and itself, and as many the one way as the other", () => {
    fc.assert(
      fc.property(anyMap, anyMap, (a, b) => {
        expect(diffMaps(a, a)).toEqual([]);
        expect(diffMaps(a, b)).toHaveLength(diffMaps(b, a).length);
      }),
    );
  });

  it("see through secrets when inputs are compared, and hide them when they are shown", () => {
    expect(diffInputs({ a: new Secret("x") }, { a: "x" })).toEqual([]);
    expect(
      publicChanges({ a: new Secret("x"), __provider: "1" }, { a: new Secret("y"), __provider: "2" }),
    ).toEqual([]);
    expect(publicChanges({ a: "x" }, { a: new Secret("y") })).toEqual([
      { path: "a", kind: "update", old: "x", new: "[secret]" },
    ]);
  });

  it("are shown as a tree of what changed", () => {
    const changes = publicChanges(
      { q: { cid: "#s2#", same: 1 } },
      { q: { cid: new Unknown(), same: 1, txid: "t" } },
    );
    expect(renderChanges(changes)).toEqual([
      "~ q: {",
      '    ~ cid : "#s2#" => [unknown]',
      '    + txid: "t"',
      "  }",
    ]);
  });
});

const state = (name: string, more: Partial<ResourceState> = {}): ResourceState =>
  newState({ urn: `urn:pulumi:s::p::t:t:T::${name}`, type: "t:t:T", custom: true, id: name, ...more });

describe("dependencies", () => {
  const a = state("a");
  const b = state("b", { dependencies: [a.urn] });
  const group = state("g", { custom: false, id: "" });
  const child = state("child", { parent: group.urn, propertyDependencies: { x: [b.urn] } });
  const last = state("last", { dependencies: [group.urn] });
  const graph = new DependencyGraph([a, b, group, child, last]);

  it("are followed in both directions, a component standing for its children", () => {
    expect(graph.dependingOn(a, new Set(), false)).toEqual([b, child]);
    expect(graph.dependingOn(group, new Set(), true)).toEqual([child, last]);
    expect(graph.dependenciesOf(last)).toEqual(new Set([group, child]));
    expect(graph.transitiveDependenciesOf(last)).toEqual(new Set([group, child, b, a]));
  });

  it("on a resource that a refresh found gone are forgotten, and its children have no parent", () => {
    const parent = state("parent");
    const gone = state("gone", { parent: parent.urn });
    const orphan = state("orphan", {
      parent: gone.urn,
      dependencies: [gone.urn],
      propertyDependencies: { x: [gone.urn] },
    });
    const step = { op: "refresh", old: gone, next: undefined } as Step;
    expect(afterRefresh([parent, gone, orphan], [step])).toEqual([
      parent,
      { ...orphan, parent: "", dependencies: [], propertyDependencies: {} },
    ]);
  });
});

describe("aliases", () => {
  const of = { stack: "s", project: "p" };

  it("of a resource and of its parent give every URN it may have had", () => {
    const parent = "urn:pulumi:s::p::g:g:G::new";
    const aliased = { name: "new-child", type: "t:t:T", parent, aliases: [{ name: "other" }] };
    expect(earlierUrns(aliased, of, () => "urn:pulumi:s::p::g:g:G::old")).toEqual([
      "urn:pulumi:s::p::g:g:G$t:t:T::other",
      "urn:pulumi:s::p::g:g:G$t:t:T::old-child",
    ]);
  });

  it("leave no reference to an earlier URN in what is saved", () => {
    const renamed = state("new", { aliases: ["urn:pulumi:s::p::t:t:T::old"] });
    const user = state("user", {
      dependencies: ["urn:pulumi:s::p::t:t:T::old"],
      provider: "urn:pulumi:s::p::t:t:T::old::1",
    });
    expect(normalizeUrns([renamed, user])).toEqual([
      { ...renamed, aliases: [] },
      { ...user, dependencies: [renamed.urn], provider: `${renamed.urn}::1` },
    ]);
  });
});

describe("the executor", () => {
  const step = (name: string) => ({ op: "create", old: undefined, next: state(name) }) as Step;

  it("runs no more steps at once than it may, and none after one has failed", async () => {
    const done: string[] = [];
    let running = 0;
    let most = 0;
    const executor = new Executor({
      parallel: 2,
      execute: async ({ next }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (next?.id === "bad") throw new Error("bad");
        done.push(next?.id ?? "");
      },
      onError: () => "stop",
    });
    await executor.runTogether(["a", "b", "c", "bad", "never", "neither"].map(step));
    expect(most).toBe(2);
    expect(done.slice(0, 3)).toEqual(["a", "b", "c"]);
    expect(done).not.toContain("neither");
    expect(executor.cancelled).toBe(true);
  });
});

it("a secret is unwrapped wherever it is", () => {
  expect(unwrapSecrets([new Secret({ a: new Secret(1) })])).toEqual([{ a: 1 }]);
});
