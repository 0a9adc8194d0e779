import { blank } from "./blank";
import { brokenQuery } from "./brokenQuery";
import type { CrossRule } from "./crossRule";
import { crossRules } from "./crossRules";
import { escapedMacro } from "./escapedMacro";
import { fixedId } from "./fixedId";
import { fixedPayout } from "./fixedPayout";
import { foreignMacro } from "./foreignMacro";
import { htmlEntity } from "./htmlEntity";
import { longClickId } from "./longClickId";
import { longUrl } from "./longUrl";
import { lostSeparator } from "./lostSeparator";
import { noAddress } from "./noAddress";
import { noClickId } from "./noClickId";
import { noTransactionId } from "./noTransactionId";
import { otherClickIdSlot } from "./otherClickIdSlot";
import { otherIdAsClickId } from "./otherIdAsClickId";
import { placeholder } from "./placeholder";
import { plainHttp } from "./plainHttp";
import { plainSecret } from "./plainSecret";
import type { UrlRule } from "./rule";
import { sourceAsClickId } from "./sourceAsClickId";
import { testLeftover } from "./testLeftover";
import { textBesideMacro } from "./textBesideMacro";
import { tornMacro } from "./tornMacro";
import { unexplainedStatus } from "./unexplainedStatus";
import { unknownMacro } from "./unknownMacro";
import { unreachableHost } from "./unreachableHost";
import { wrongKind } from "./wrongKind";
import { wrongMeaning } from "./wrongMeaning";
import { wrongReceiver } from "./wrongReceiver";

/** Every rule about one URL, in the order of the IDs. */
export const urlRules: readonly UrlRule[] = [
  ...[foreignMacro, placeholder, noClickId, sourceAsClickId, otherIdAsClickId, otherClickIdSlot, tornMacro],
  ...[unknownMacro, escapedMacro, htmlEntity, blank, plainHttp, noAddress, unreachableHost, brokenQuery],
  ...[plainSecret, fixedPayout, unexplainedStatus, noTransactionId, longUrl, longClickId, wrongKind],
  ...[wrongReceiver, testLeftover, lostSeparator, textBesideMacro, wrongMeaning, fixedId],
];

/** Every rule that comes with pulumi-cake, in the order of the IDs. */
export const builtInRules: readonly (UrlRule | CrossRule)[] = [...urlRules, ...crossRules].sort(
  (one, other) => one.id.localeCompare(other.id),
);
