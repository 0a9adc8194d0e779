/** What the exit codes of the commands mean, for the pages about them. */
import { HELP as adopt } from "../../provider/cli/adopt/help";
import type { Help } from "../../provider/cli/command";
import { HELP as doctor } from "../../provider/cli/doctor/help";
import { HELP as inventory } from "../../provider/cli/inventory/help";
import { HELP as lint } from "../../provider/cli/lint/help";
import { HELP as preflight } from "../../provider/cli/preflight/help";
import { HELP as review } from "../../provider/cli/review/help";
import { markdown } from "./tables";

/** Every table by the name that its markers carry. */
export function exitCodeParts(): Record<string, string> {
  return {
    adoptExitCodes: table(adopt),
    doctorExitCodes: table(doctor),
    inventoryExitCodes: table(inventory),
    lintExitCodes: table(lint),
    preflightExitCodes: table(preflight),
    reviewExitCodes: table(review),
  };
}

function table({ exitCodes }: Help): string {
  return markdown(["Exit code", "Meaning"], Object.entries(exitCodes));
}
