/** Runs the quickstart of an installed project on this Node. Used by the matrix. */
import { runQuickstart } from "../package/quickstart";
import { runner } from "../stack/engines";

runQuickstart(process.argv[2] ?? "", runner).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});
