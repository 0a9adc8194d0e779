import { messages } from "../../../provider/resource/messages";
import type { Examples } from "./rooms";

export const RESOURCE: Examples<typeof messages> = {
  importNotAnId: messages.importNotAnId("acme-summer", "acme"),
  importAndAdopt: messages.importAndAdopt("acme-summer"),
  providerUnknown: messages.providerUnknown(),
  otherProvider: messages.otherProvider(),
  offerInvalid: messages.offerInvalid("acme", "1", '"12345"'),
  offerTwice: messages.offerTwice("acme", "1", 12345),
  keyVariableTwice: messages.keyVariableTwice("eu-1", "eu_1", "CAKE_EU_1_API_KEY"),
  packageNotFound: messages.packageNotFound("/home/ann/postbacks"),
};
