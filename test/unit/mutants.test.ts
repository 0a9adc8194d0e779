import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withoutGuard } from "../mutants/mutant";
import { mutants } from "../mutants/mutants";

const provider = join(__dirname, "../../provider");

it.each(mutants)("the code has the guard that can be taken out for a trial: $guard", (mutant) => {
  const code = readFileSync(join(provider, mutant.file), "utf8");
  expect(withoutGuard(code, mutant)).not.toBe(code);
});
