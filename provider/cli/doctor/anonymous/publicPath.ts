import { endpoints, LIST_CANDIDATES } from "../../../cake/endpoints";
import { MISSING_PATH } from "../answerShape";
import type { PublicPath } from "./report";

const PUBLIC: ReadonlySet<string> = new Set([
  ...Object.values(endpoints).map(({ path }) => path),
  ...LIST_CANDIDATES,
]);

/** A path as a stranger may see it: one of this package's tables as it is, and no other. */
export function publicPath(path: string): PublicPath {
  if (path === MISSING_PATH) return "a missing path";
  return PUBLIC.has(path) ? path : "own path";
}
