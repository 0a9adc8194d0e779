import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireResolvableHost, SHELL } from "../../../provider/resource/shell";

test("the text that lives in users' states is, byte for byte, what it was in the first release", () => {
  expect(SHELL).toBe(
    'exports.handler = () => require("module").createRequire((process.env.CAKE_HOST_FROM || process.cwd()) + "/")("pulumi-cake/host");',
  );
  expect(Buffer.byteLength(SHELL)).toBe(129);
});

test("a folder from which the package cannot be found is refused with what to do", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "pulumi-cake-elsewhere-"));
  expect(() => requireResolvableHost(elsewhere)).toThrow(
    /cannot be found from .*Make it a direct dependency/,
  );
});

test("the repository itself is a folder from which the package can be found", () => {
  expect(() => requireResolvableHost(join(__dirname, "../../.."))).not.toThrow();
});
