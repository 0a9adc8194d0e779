export type { PostbackStatus, PostbackTypeId } from "./postback/postback";
export type * from "./postback/trackers/options";
export { trackers } from "./postback/trackers/templates";
export type { UrlParts } from "./postback/url";
export { AffiliatePostback, type AffiliatePostbackArgs } from "./resource/affiliatePostback";
export {
  type AffiliatePostbackRecord,
  type GetAffiliatePostbackArgs,
  type GetAffiliatePostbacksArgs,
  getAffiliatePostback,
  getAffiliatePostbackOutput,
  getAffiliatePostbacks,
  getAffiliatePostbacksOutput,
  type LookupOptions,
} from "./resource/lookups";
export { PartnerPostbacks, type PartnerPostbacksArgs } from "./resource/partnerPostbacks";
export { Provider, type ProviderArgs } from "./resource/provider";
