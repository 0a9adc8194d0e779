import { messages } from "../../../provider/cli/sandbox/messages";
import type { Examples } from "./examples";

export const SANDBOX_COMMAND: Examples<typeof messages> = {
  saveExists: messages.saveExists("sandbox.json"),
};
