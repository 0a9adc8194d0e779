import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * What every AffiliatePostback carries as `__provider`: the engine's dynamic-provider process runs this text
 * to find the code of check, diff, create, read, update and delete. It is stored in users' states, twice per
 * resource, so not one byte of it may ever change, and it is as short as it can be.
 */
export const SHELL =
  'exports.handler = () => require("module").createRequire((process.env.CAKE_HOST_FROM || process.cwd()) + "/")("pulumi-cake/host");';

/**
 * Throws unless the process that will run the shell is going to find this package: it looks from the working
 * directory, so a package that came with another dependency is out of its sight.
 */
export function requireResolvableHost(directory = process.env.CAKE_HOST_FROM || process.cwd()): void {
  try {
    createRequire(join(directory, "/")).resolve("pulumi-cake/host");
  } catch {
    throw new Error(
      `pulumi-cake cannot be found from ${directory}, where Pulumi's provider process looks for it. Make it a direct dependency of the project: run "npm install pulumi-cake" (or the same with pnpm or yarn) in the folder of Pulumi.yaml.`,
    );
  }
}
