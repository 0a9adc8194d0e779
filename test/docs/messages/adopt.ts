import { messages } from "../../../provider/cli/adopt/messages";
import type { Examples } from "./rooms";

const list = "postbacks/adopted.json";

export const ADOPT: Examples<typeof messages> = {
  outDirInvalid: messages.outDirInvalid("../postbacks"),
  outDirOccupied: messages.outDirOccupied("postbacks/index.ts"),
  listUnreadable: messages.listUnreadable(list, "a repeated id"),
  otherInstance: messages.otherInstance(list, "us.cakemarketing.com", "eu.cakemarketing.com"),
  codeMissing: messages.codeMissing(list, ["postbacks/acme.ts"], [8801, 8802]),
  listIncomplete: messages.listIncomplete(["the list says it has 7 rows, but 3 came"]),
  secretsUnknown: messages.secretsUnknown(["acme-token"], "postbackSecrets"),
  secretsInvalid: messages.secretsInvalid("postbackSecrets"),
  cliTooOld: messages.cliTooOld("3.216.0"),
  applyWithoutCli: messages.applyWithoutCli(),
  stateNeeded: messages.stateNeeded(" --stack dev"),
  secretsNotSet: messages.secretsNotSet("error: the passphrase is missing"),
  notDeclared: messages.notDeclared(["acme-314"], "index.ts", 'import "./postbacks";', list),
  previewFailed: messages.previewFailed(["error TS2304: Cannot find name 'acme'."]),
  idsInvalid: messages.idsInvalid("ids.txt", "acme"),
  partnersEmpty: messages.partnersEmpty("partners.csv"),
};
