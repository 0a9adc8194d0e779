import { messages } from "../../../provider/sandbox/messages";
import type { Examples } from "./rooms";

export const SANDBOX: Examples<typeof messages> = {
  fileUnreadable: messages.fileUnreadable(
    "saved.json",
    "ENOENT: no such file or directory, open 'saved.json'",
  ),
  fileInvalid: messages.fileInvalid(
    "config.json",
    "sandbox configuration",
    'behaviour.paging must be "honoured" or "ignored" or "endless", found "never"',
  ),
  notSaved: messages.notSaved("saved.json", "ENOSPC: no space left on device, write"),
  instanceUnknown: messages.instanceUnknown("eu", ["us", "asia"]),
  postbackUnknown: messages.postbackUnknown(8801),
  postbackExists: messages.postbackExists(8801),
  portInUse: messages.portInUse(8801),
};
