import { messages } from "../../../provider/plugin/messages";
import type { Examples } from "./rooms";

export const PLUGIN: Examples<typeof messages> = {
  functionUnknown: messages.functionUnknown(
    "cake:index:getOffer",
    ["cake:index:getAffiliatePostback", "cake:index:getAffiliatePostbacks"],
    "1.0.0",
  ),
  cannotListen: messages.cannotListen("EACCES"),
  importDiffers: messages.importDiffers(
    "7301",
    ["affiliateId", "postbackUrl"],
    "urn:pulumi:prod::shop::cake:index:AffiliatePostback::acme",
  ),
  cliTooOld: messages.cliTooOld(),
  twoProviders: messages.twoProviders([undefined, "eu"]),
};
