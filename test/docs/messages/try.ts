import { messages } from "../../../provider/cli/try/messages";
import type { Examples } from "./rooms";

export const TRY: Examples<typeof messages> = {
  needsSend: messages.needsSend("--allow-private"),
  choiceNeeded: messages.choiceNeeded(
    "preview.json",
    "412 postbacks",
    "acme-summer-sale, bolt-winter, cleo-main and 409 more",
    "Name one with --resource.",
  ),
  sourceEmpty: messages.sourceEmpty("preview.json", ""),
  notFound: messages.notFound('the name "acme-sumer-sale"', "preview.json", ["acme-summer-sale"], ""),
  nameAmbiguous: messages.nameAmbiguous(
    '"acme"',
    2,
    "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/cake:AffiliatePostback::acme\nurn:pulumi:dev::shop::shop:Partner$pulumi-nodejs:dynamic/cake:AffiliatePostback::acme",
  ),
  urlUnreadable: messages.urlUnreadable(
    "acme-summer-sale",
    "its URL is secret",
    "Make the source again with --show-secrets, and keep it as safe as a key.",
  ),
  macroMissing: messages.macroMissing("S2", ["s2", "price"], "s2"),
  macroUnknown: messages.macroUnknown("payout", "price"),
  inContinuousIntegration: messages.inContinuousIntegration(),
  nobodyToAsk: messages.nobodyToAsk(),
  declined: messages.declined(),
  notCallable: messages.notCallable(),
  privateAddress: messages.privateAddress(": track.acme.example is 10.0.0.7"),
};
