import type { CallLog } from "../../cake/callLog";
import { callLogFor } from "../../callLog/callLog";
import { printError } from "../command";

/** The log of a command's calls, if the environment names one. */
export function commandLog(): CallLog | undefined {
  return callLogFor({ env: process.env, by: "command", warn: printError });
}
