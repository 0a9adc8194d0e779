import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { isLong } from "../long";
import { program } from "./agreement/recording";
import { type Spec, World } from "./agreement/spec";
import { type OperationError, RunnerStack, type RunnerStackOptions } from "./index";

const programs = join(__dirname, "programs");
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

async function createStack(options: Partial<RunnerStackOptions>): Promise<RunnerStack> {
  const stack = await RunnerStack.create({ stackName: "dev", workDir: program, ...options });
  cleanUp.push(() => stack.dispose());
  return stack;
}

async function recorded(spec: Spec): Promise<{ stack: RunnerStack; world: World }> {
  const world = new World();
  cleanUp.push(() => world.dispose());
  const stack = await createStack({
    env: { RECORDED_WORLD: world.folder, RECORDED_SPEC: JSON.stringify(spec) },
  });
  return { stack, world };
}

describe("a program in TypeScript", () => {
  it("runs from its own folder, with the project's settings and the stack's secrets", async () => {
    const workDir = join(programs, "typed");
    const stack = await createStack({ workDir, organization: "acme" });
    await stack.setConfig("token", { value: "t0ken", secret: true });
    const { outputs, stdout } = await stack.up();
    expect(outputs).toEqual({
      folder: { value: join(workDir, "program"), secret: false },
      stack: { value: "acme/typed/dev", secret: false },
      greeting: { value: "hello", secret: false },
      token: { value: "t0ken", secret: true },
    });
    expect(stdout).not.toContain("t0ken");
    expect(readFileSync(stack.stateFile, "utf8")).not.toContain("t0ken");
  });
});

describe("what the runner does not do", () => {
  it.each([
    // After this one the SDK may take a minute to end.
    ...(isLong ? [["another package", 'resources of the package "other"']] : []),
    ["an invoke", "invokes (other:index:get)"],
    ["a transform", "transforms"],
    ["a hook", "resource hooks"],
  ])("%s is refused by name", async (use, named) => {
    const stack = await createStack({ workDir: join(programs, "refused"), env: { REFUSED: use } });
    const error = (await stack.preview().catch((failure: unknown) => failure)) as OperationError;
    expect(error.stdout).toContain(`the stack runner does not support ${named}`);
  });

  it("another runtime is refused before anything runs", async () => {
    const workDir = mkdtempSync(join(tmpdir(), "runner-test-"));
    cleanUp.push(() => rmSync(workDir, { recursive: true }));
    writeFileSync(join(workDir, "Pulumi.yaml"), "name: p\nruntime: python\n");
    await expect(RunnerStack.create({ stackName: "dev", workDir })).rejects.toThrow('the runtime "python"');
  });
});

describe("what people see", () => {
  const before: Spec = {
    resources: [
      {
        name: "a",
        props: { value: "s3cret-free", nested: { query: { cid: "#s2#" } }, key: { $secret: "hush" } },
      },
    ],
  };
  const after: Spec = {
    resources: [
      {
        name: "a",
        props: {
          value: "s3cret-free",
          nested: { query: { cid: "#s3#", txid: "#tid#" } },
          key: { $secret: "hush" },
        },
      },
      { name: "b", props: { fail: "create", value: { $out: "a" } } },
    ],
    outputs: { of: { $out: "a" } },
  };

  it("rows, parameters that change, failures where they belong, totals, and never a secret", async () => {
    const { stack } = await recorded(before);
    await stack.up();
    stack.setEnv("RECORDED_SPEC", JSON.stringify(after));
    let printed = "";
    const preview = await stack.preview({ diff: true, onOutput: (text) => (printed += text) });
    expect(preview.stdout).toBe(printed);
    expect(printed).toContain("Previewing update (dev):");
    expect(printed).toContain(" ~  pulumi-nodejs:dynamic:Recorded a update [diff: ~nested]");
    expect(printed).toMatch(
      /~ nested: \{\s+~ query: \{\s+~ cid : "#s2#" => "#s3#"\s+\+ txid: "#tid#"\s+\}\s+\}/,
    );
    expect(printed).toMatch(/Resources:\n {4}\+ 1 to create\n {4}~ 1 to update\n {4}2 changes. 1 unchanged/);

    const error = (await stack.up().catch((failure: unknown) => failure)) as OperationError;
    expect(error.stdout).toContain("Recorded b error: create failed on purpose");
    expect(error.failed).toContainEqual({
      urn: expect.stringMatching(/::b$/),
      message: "create failed on purpose",
    });
    expect(error.stderr).toContain("error: update failed");
    expect(printed + error.stdout).not.toContain("hush");
  });

  it("a preview that expects no changes fails when there are some", async () => {
    const { stack } = await recorded(before);
    await expect(stack.preview({ expectNoChanges: true })).rejects.toThrow("no changes were expected");
  });
});

describe("the state file", () => {
  it("is found again by another stack object with the same passphrase, and by no other", async () => {
    const { stack } = await recorded({
      resources: [{ name: "a", props: { key: { $secret: "hush" } } }],
      outputs: { o: { $secret: 1 } },
    });
    await stack.up();
    const { stateFile } = stack;
    const same = await createStack({ stateFile });
    expect(await same.outputs()).toEqual({ o: { value: 1, secret: true } });
    const other = await createStack({ stateFile, passphrase: "wrong" });
    await expect(other.outputs()).rejects.toThrow("incorrect passphrase");
  });
});
