import { runInThisContext } from "node:vm";

/** What one pattern may cost on one URL. Others may write the URL, and some patterns go on for years on a bad one. */
const MAX_MILLISECONDS = 1000;

/** Whether a project's pattern is found in a URL; "too slow" where that takes too long to know. */
export function isFound(pattern: string, url: string): boolean | "too slow" {
  // Nothing but a script of node:vm can be interrupted within a match. Texts in JSON are literals of its language.
  const search = `new RegExp(${JSON.stringify(pattern)}, "u").test(${JSON.stringify(url)})`;
  try {
    return runInThisContext(search, { timeout: MAX_MILLISECONDS }) === true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      return "too slow";
    throw error;
  }
}
