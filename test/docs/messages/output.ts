import { messages } from "../../../provider/cli/output/messages";
import type { Examples } from "./examples";

export const OUTPUT: Examples<typeof messages> = {
  notRegular: messages.notRegular("reports"),
  notWritten: messages.notWritten("report.html", "EACCES"),
  symbolicLink: messages.symbolicLink("report.html"),
};
