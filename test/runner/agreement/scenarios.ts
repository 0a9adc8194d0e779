// The lives that the runner has to live as the real CLI does.
import type { Scenario } from "./scenario";
import type { Spec, SpecResource } from "./spec";

const secret = (value: string) => ({ $secret: value });
const out = (name: string) => ({ $out: name });
const resources = (...list: SpecResource[]): Spec => ({ resources: list });
const urn = (name: string) => `urn:pulumi:dev::recorded::pulumi-nodejs:dynamic/recorded:Recorded::${name}`;

const nested = (text: string) => ({ query: { cid: text, ids: [1, 2] } });

export const chain: Scenario = {
  name: "chain",
  shows:
    "check before diff, the order of dependent resources, unknowns in previews, secrets, components, a replacement " +
    "with its second check, refresh as read and diff, deletes after creates",
  ordered: true,
  config: { "recorded:flavour": { value: "sweet", secret: true } },
  steps: [
    {
      do: "preview",
      spec: {
        resources: [
          { name: "a", props: { value: 1, nested: nested("#s2#") } },
          { kind: "group", name: "g", opts: { dependsOn: ["a"] } },
          {
            name: "b",
            props: { value: out("a"), token: secret("old"), list: [secret("x")] },
            opts: { parent: "g" },
          },
          { name: "c", props: { value: [out("b")] }, opts: { dependsOn: ["b"] } },
        ],
        outputs: { of: out("a"), token: secret("hidden") },
      },
    },
    { do: "up" },
    {
      do: "preview",
      options: { diff: true },
      spec: {
        resources: [
          { name: "a", props: { value: 2, nested: nested("#s3#") } },
          { kind: "group", name: "g", opts: { dependsOn: ["a"] } },
          { name: "b", props: { value: out("a"), kind: "new", token: secret("new") }, opts: { parent: "g" } },
        ],
        outputs: { of: out("b") },
      },
    },
    { do: "up" },
    { do: "refresh" },
    { do: "destroy" },
  ],
};

export const deleteFirst: Scenario = {
  name: "deleteFirst",
  shows: "deletion before creation, with the dependents that would be replaced and not with the others",
  ordered: true,
  steps: [
    {
      do: "up",
      once: true,
      spec: resources(
        { name: "a", props: { kind: "one", deleteFirst: true } },
        { name: "b", props: { kind: out("a") }, opts: { dependsOn: ["a"] } },
        { name: "c", props: { value: out("b") }, opts: { dependsOn: ["b"] } },
      ),
    },
    {
      do: "up",
      spec: resources(
        { name: "a", props: { kind: "two", value: 1, deleteFirst: true } },
        { name: "b", props: { kind: out("a") }, opts: { dependsOn: ["a"] } },
        { name: "c", props: { value: out("b") }, opts: { dependsOn: ["b"] } },
      ),
    },
    {
      do: "up",
      spec: resources(
        { name: "a", props: { kind: "three", value: 1 }, opts: { deleteBeforeReplace: true } },
        { name: "c", props: { value: 1 }, opts: { dependsOn: ["a"] } },
      ),
    },
  ],
};

const withProvider = (flavour: string, provider?: string): Spec => ({
  resources: [
    { kind: "provider", name: "p", props: { "recorded:flavour": flavour, "recorded:key": secret("k") } },
    { name: "a", props: { value: 1 } },
    { name: "b", props: { value: 1 }, opts: provider === undefined ? {} : { provider } },
  ],
});

export const providers: Scenario = {
  name: "providers",
  shows:
    "explicit providers in processes of their own, a change of provider or of its settings that leaves resources " +
    "alone, the saved settings on refresh and destroy",
  config: { "recorded:flavour": { value: "sweet" } },
  steps: [
    { do: "up", spec: withProvider("vanilla", "p") },
    { do: "up", spec: withProvider("chocolate", "p") },
    { do: "up", spec: withProvider("chocolate") },
    { do: "refresh", config: { "recorded:flavour": { value: "sour" } } },
    { do: "preview", once: true },
    { do: "refresh", options: { runProgram: true }, once: true },
    { do: "up", spec: withProvider("chocolate", "p"), once: true },
    { do: "destroy", config: { "recorded:flavour": { value: "bitter" } } },
  ],
};

export const unknownProvider: Scenario = {
  name: "unknownProvider",
  shows: "a provider whose settings are known only after the update",
  steps: [
    {
      do: "preview",
      spec: resources(
        { name: "a", props: { value: "vanilla" } },
        { kind: "provider", name: "p", props: { "recorded:flavour": out("a") } },
        { name: "b", props: { value: 1 }, opts: { provider: "p" } },
      ),
    },
    { do: "up" },
    {
      do: "preview",
      spec: resources(
        { name: "a", props: { value: "chocolate" } },
        { kind: "provider", name: "p", props: { "recorded:flavour": out("a") } },
        { name: "b", props: { value: 2 }, opts: { provider: "p" } },
      ),
    },
  ],
};

export const options: Scenario = {
  name: "options",
  shows: "protect, retainOnDelete, ignoreChanges, additionalSecretOutputs, aliases, replaceOnChanges",
  steps: [
    {
      do: "up",
      once: true,
      spec: resources(
        { name: "guarded", props: { value: 1 }, opts: { protect: true } },
        { name: "kept", props: { value: 1 }, opts: { retainOnDelete: true } },
        {
          name: "ignoring",
          props: { value: 1, nested: nested("a") },
          opts: { ignoreChanges: ["value", "nested.query.cid"] },
        },
        { name: "secretive", props: { value: 1 }, opts: { additionalSecretOutputs: ["out"] } },
        { name: "before", props: { value: 1 }, opts: { customTimeouts: { create: "1m30s" } } },
        { name: "strict", props: { label: "a", undecided: true }, opts: { replaceOnChanges: ["label"] } },
        { name: "lax", props: { label: "a", undecided: true } },
      ),
    },
    {
      do: "up",
      spec: resources(
        { name: "guarded", props: { value: 2 }, opts: { protect: true } },
        {
          name: "ignoring",
          props: { value: 2, nested: nested("b") },
          opts: { ignoreChanges: ["value", "nested.query.cid"] },
        },
        { name: "secretive", props: { value: 2 }, opts: { additionalSecretOutputs: ["out"] } },
        { name: "after", props: { value: 1 }, opts: { aliases: [{ name: "before" }] } },
        { name: "strict", props: { label: "b", undecided: true }, opts: { replaceOnChanges: ["label"] } },
        { name: "lax", props: { label: "b", undecided: true } },
      ),
    },
    {
      do: "up",
      fails: true,
      spec: resources({ name: "guarded", props: { value: 2, kind: "new" }, opts: { protect: true } }),
    },
    { do: "preview", fails: true, spec: resources({ name: "lax", props: { label: "b", undecided: true } }) },
    { do: "destroy", fails: true },
  ],
};

export const failures: Scenario = {
  name: "failures",
  shows: "failed checks, creates, updates and deletes, partial failures and the update they force",
  ordered: true,
  steps: [
    { do: "preview", fails: true, spec: resources({ name: "a", props: { value: 1, fail: "check" } }) },
    {
      do: "up",
      fails: true,
      once: true,
      spec: resources(
        { name: "a", props: { value: 1 } },
        { name: "b", props: { value: 1, fail: "create" }, opts: { dependsOn: ["a"] } },
        { name: "c", props: { value: 1 }, opts: { dependsOn: ["b"] } },
      ),
    },
    {
      do: "up",
      fails: true,
      once: true,
      spec: resources(
        { name: "a", props: { value: 1 } },
        { name: "b", props: { value: 1, fail: "create partly" }, opts: { dependsOn: ["a"] } },
      ),
    },
    {
      do: "up",
      spec: resources(
        { name: "a", props: { value: 1 } },
        { name: "b", props: { value: 1 }, opts: { dependsOn: ["a"] } },
      ),
    },
    {
      do: "up",
      fails: true,
      spec: resources(
        { name: "a", props: { value: 2, fail: "update partly" } },
        { name: "b", props: { value: 1 }, opts: { dependsOn: ["a"] } },
      ),
    },
    {
      do: "up",
      fails: true,
      once: true,
      spec: resources({ name: "a", props: { value: 2, fail: "update" } }),
    },
    { do: "up", once: true, spec: resources({ name: "a", props: { value: 3, fail: "delete" } }) },
    { do: "up", fails: true, once: true, spec: { resources: [], throws: "the program is broken" } },
    { do: "destroy", fails: true },
  ],
};

export const refreshes: Scenario = {
  name: "refreshes",
  shows: "get, drift, resources that are gone, inputs that the provider reads, a read that fails",
  steps: [
    {
      do: "up",
      once: true,
      spec: {
        resources: [
          { name: "drifts", props: { value: 1, nested: nested("a") } },
          { name: "gone", props: { value: 1 } },
          { name: "known", props: { value: 1 } },
          { name: "needs", props: { value: out("gone") } },
          { name: "fails", props: { fail: "read" } },
        ],
      },
    },
    {
      do: "refresh",
      options: { previewOnly: true, target: ["drifts", "gone", "known", "needs"].map(urn) },
      before: (world) => {
        world.edit("drifts-1", { value: 9, nested: nested("b") });
        world.edit("known-1", { value: 9, readsInputs: true });
        world.remove("gone-1");
      },
    },
    { do: "refresh", options: { target: ["drifts", "gone", "known", "needs"].map(urn) }, once: true },
    { do: "refresh", fails: true, once: true },
    {
      do: "up",
      spec: {
        resources: [
          { name: "drifts", props: { value: 1, nested: nested("a") } },
          { name: "known", props: { value: 1 } },
          { kind: "get", name: "theirs", id: "known-1", props: { value: 5 } },
        ],
      },
    },
    { do: "up", options: { refresh: true }, before: (world) => world.edit("drifts-1", { value: 7 }) },
    { do: "destroy", options: { refresh: true }, once: true },
  ],
};

const three = (value: number): Spec =>
  resources(
    { name: "a", props: { value } },
    { name: "b", props: { value, of: out("a") }, opts: { dependsOn: ["a"] } },
    { name: "c", props: { value }, opts: { deletedWith: "b" } },
  );

export const limits: Scenario = {
  name: "limits",
  shows: "forced replacement without a diff, targets, what depends on them, and creates that are left out",
  steps: [
    { do: "up", once: true, spec: three(1) },
    { do: "up", options: { target: [urn("b")] }, spec: three(2) },
    { do: "up", options: { target: [urn("a")], targetDependents: true }, once: true },
    { do: "up", options: { replace: [urn("a")] }, once: true },
    {
      do: "preview",
      fails: true,
      once: true,
      options: { target: [urn("e")] },
      spec: resources({ name: "d", props: {} }, { name: "e", props: { value: out("d") } }),
    },
    { do: "destroy", options: { target: [urn("a")] }, fails: true, once: true },
    { do: "destroy", options: { target: [urn("b")], targetDependents: true }, once: true },
  ],
};

const handler =
  'exports.handler = () => require("module").createRequire(process.cwd() + "/")("./provider.js")';
const sealed = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const adopted = (name: string) => ({ __provider: handler, name, value: 1, size: 1, token: sealed("t") });

export const imports: Scenario = {
  name: "imports",
  shows: "an import file with inputs and outputs: nothing is read, and the next preview is quiet",
  config: { "recorded:flavour": { value: "sweet" } },
  steps: [
    {
      do: "import",
      once: true,
      file: {
        resources: ["a", "b"].map((name) => ({
          type: "pulumi-nodejs:dynamic/recorded:Recorded",
          name,
          id: `${name}-1`,
          inputs: adopted(name),
          outputs: { ...adopted(name), out: "1!" },
        })),
      },
    },
    {
      do: "preview",
      spec: resources(
        { name: "a", props: { value: 1, token: secret("t") } },
        { name: "b", props: { value: 1, token: secret("t") } },
      ),
    },
    { do: "up" },
  ],
};

export const together: Scenario = {
  name: "together",
  shows: "creates and reads at the same time, checks and diffs one after the other",
  steps: [
    {
      do: "up",
      options: { parallel: 8 },
      spec: resources(...["a", "b", "c", "d"].map((name) => ({ name, props: { value: 1, together: 4 } }))),
    },
    { do: "refresh", options: { parallel: 8 }, once: true },
    { do: "destroy", options: { parallel: 8 }, once: true },
  ],
};

export const scenarios: Scenario[] = [
  chain,
  deleteFirst,
  providers,
  unknownProvider,
  options,
  failures,
  refreshes,
  limits,
  imports,
  together,
];
