import { messages } from "../../../provider/cli/input/messages";
import { CAKE } from "./cake";
import type { Examples } from "./rooms";

const example = "pulumi stack export | npx --no -- pulumi-cake inventory -";

export const INPUT: Examples<typeof messages> = {
  inputMissing: messages.inputMissing(example),
  fileUnreadable: messages.fileUnreadable("preview.json", "ENOENT"),
  previewInvalid: messages.previewInvalid("it has no list of steps"),
  previewFailed: messages.previewFailed("\nP02 placeholder: the host is a placeholder."),
  previewFailedEarly: messages.previewFailedEarly(
    "\nindex.ts(3,7): error TS2304: Cannot find name 'postback'.",
  ),
  exportInvalid: messages.exportInvalid("it has no version"),
  exportVersion: messages.exportVersion(5, [3, 4], true),
  secretUnreadable: messages.secretUnreadable(),
  otherDomain: messages.otherDomain("new.example", "cake:domain", "old.example"),
  keyShared: messages.keyShared("CAKE_EU_API_KEY"),
  instanceTwice: messages.instanceTwice("eu.example"),
  campaignsWithoutAffiliate: messages.campaignsWithoutAffiliate(),
  listDisabled: messages.listDisabled("without-list"),
  listUnavailable: messages.listUnavailable(CAKE.missing.happened),
  postbackNotFound: messages.postbackNotFound(8801, "yourdomain.cakemarketing.com"),
  postbackUnknown: messages.postbackUnknown(
    8801,
    "yourdomain.cakemarketing.com",
    "the list says it has 412 rows, but 410 came",
  ),
  csvFileMissing: messages.csvFileMissing(),
  csvOneInstance: messages.csvOneInstance(),
  csvInstanceMissing: messages.csvInstanceMissing(),
  cwdNotDirectory: messages.cwdNotDirectory("/home/ann/postbacks"),
  pulumiMissing: messages.pulumiMissing(),
  batchFileUnsafe: messages.batchFileUnsafe("C:/Users/ann/bin/pulumi.cmd", '"prod & more"'),
  pulumiFailed: messages.pulumiFailed("stack export --stack prod", "error: no stack named 'prod' found"),
  configUnreadable: messages.configUnreadable(),
  rulesInvalid: messages.rulesInvalid(
    "rules.json",
    "severty is not a setting of cake:rules (did you mean severity?)",
  ),
  projectMissing: messages.projectMissing("/home/ann/postbacks"),
  projectUnreadable: messages.projectUnreadable("package.json", "JSON"),
  projectOfOtherLanguage: messages.projectOfOtherLanguage('"python"'),
  projectUnsupported: messages.projectUnsupported("Pulumi runs index.js, which is not TypeScript"),
};
