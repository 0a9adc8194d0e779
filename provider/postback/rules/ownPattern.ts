import { runInThisContext } from "node:vm";

/**
 * The time limit for one pattern and one URL. Others may write the URL, and some patterns run for years on a bad one.
 */
const MAX_MILLISECONDS = 1000;

/** Whether a URL matches a project's pattern, or "too slow" if that takes too long to find out. */
export function isFound(pattern: string, url: string): boolean | "too slow" {
  // Only a script of node:vm can be interrupted within a match. JSON texts are valid literals in it.
  const search = `new RegExp(${JSON.stringify(pattern)}, "u").test(${JSON.stringify(url)})`;
  try {
    return runInThisContext(search, { timeout: MAX_MILLISECONDS }) === true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      return "too slow";
    throw error;
  }
}
