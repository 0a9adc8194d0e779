import type { Plugin } from "vite";
import { MUTANT_VARIABLE, withoutGuard } from "./mutant.js";
import { mutants } from "./mutants.js";

/** Takes one guard out of the code that the tests load, if the environment names it. Nothing of this is in the product. */
export function mutation(): Plugin[] {
  const guard = process.env[MUTANT_VARIABLE];
  if (guard === undefined) return [];
  const mutant = mutants.find((one) => one.guard === guard);
  if (mutant === undefined) throw new Error(`There is no mutant ${JSON.stringify(guard)}.`);
  return [
    {
      name: "mutation",
      enforce: "pre",
      transform: (code, id) =>
        id.endsWith(`/provider/${mutant.file}`) ? withoutGuard(code, mutant) : undefined,
    },
  ];
}
