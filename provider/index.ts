export type { PostbackStatus, PostbackTypeId } from "./postback/postback";
export type {
  AffiseOptions,
  BemobOptions,
  BinomOptions,
  CakeOptions,
  EverflowOptions,
  KeitaroOptions,
  LinktrustOptions,
  OptionsOfTracker,
  PeerclickOptions,
  RedtrackOptions,
  ScaleoOptions,
  TrackerName,
  TrackierOptions,
  TuneOptions,
  VoluumOptions,
} from "./postback/trackers";
export type { TransactionId } from "./postback/trackers/parameters";
export { trackers } from "./postback/trackers/templates";
export type { TemplateOptions } from "./postback/trackers/tracker";
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
