import { messages } from "../../../provider/postback/messages";
import type { Examples } from "./examples";

export const POSTBACK: Examples<typeof messages> = {
  optionUnknown: messages.optionUnknown("voluum", "click", ["domain", "clickId", "extra"]),
  optionInvalid: messages.optionInvalid("keitaro", "key", "must be one segment of the path", '"***"'),
};
