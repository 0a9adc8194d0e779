import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { requireResolvableHost, SHELL } from "../../../provider/resource/shell";
import { installHost } from "./support";

describe("the text that every state carries", () => {
  // Users' states hold these bytes, and so does every refresh and destroy to come. They may never change.
  it("is this one for ever, byte for byte", () => {
    expect(SHELL).toBe(
      'exports.handler = () => require("module").createRequire((process.env.CAKE_HOST_FROM || process.cwd()) + "/")("pulumi-cake/host");',
    );
    expect(Buffer.byteLength(SHELL)).toBe(129);
  });

  it("finds the host from the folder that CAKE_HOST_FROM names", () => {
    installHost();
    expect(run(SHELL)()).toEqual({ found: "the host" });
  });

  it("finds the host from the working directory without that variable", () => {
    const root = installHost();
    vi.stubEnv("CAKE_HOST_FROM", "");
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(root);
    onTestFinished(() => cwd.mockRestore());
    expect(run(SHELL)()).toEqual({ found: "the host" });
  });
});

describe("a program from whose folder the package cannot be found", () => {
  it("is told to make it a direct dependency", () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "cake-")));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(() => requireResolvableHost(folder)).toThrow(
      `The package pulumi-cake cannot be found from ${folder}, where Pulumi's provider process searches for it.`,
    );
  });

  it("is fine where it can be found", () => {
    requireResolvableHost(installHost());
    requireResolvableHost();
  });
});

/** Runs a text as the engine's dynamic-provider process does. */
function run(text: string): () => unknown {
  const exports: { handler?: () => unknown } = {};
  new Function("exports", "require", text)(exports, require);
  if (!exports.handler) throw new Error("The text exports no handler.");
  return exports.handler;
}
