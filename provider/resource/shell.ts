import { createRequire } from "node:module";
import { join } from "node:path";
import { CodedError } from "../message";
import { messages } from "./messages";

/**
 * What every AffiliatePostback carries as `__provider`: the engine's dynamic-provider process runs this text
 * to find the code of check, diff, create, read, update and delete. It is stored in users' states, twice per
 * resource, so not one byte of it may ever change, and it is as short as it can be.
 */
export const SHELL =
  'exports.handler = () => require("module").createRequire((process.env.CAKE_HOST_FROM || process.cwd()) + "/")("pulumi-cake/host");';

/**
 * Throws unless the process that will run the shell is going to find this package: it searches from the working
 * directory, where a package that came with another dependency is not found.
 */
export function requireResolvableHost(directory = process.env.CAKE_HOST_FROM || process.cwd()): void {
  try {
    createRequire(join(directory, "/")).resolve("pulumi-cake/host");
  } catch {
    throw new CodedError(messages.packageNotFound(directory));
  }
}
