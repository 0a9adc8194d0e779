import { messages } from "../../../provider/cli/review/messages";
import type { Examples } from "./examples";

export const REVIEW: Examples<typeof messages> = {
  formatUnsupported: messages.formatUnsupported("csv", ["markdown", "json"], "a review"),
  headMissing: messages.headMissing(),
  baseExcludes: messages.baseExcludes("--work-list"),
  workListIncomplete: messages.workListIncomplete([
    "Pulumi counted 2 resources to update, and its JSON lists 1",
  ]),
};
