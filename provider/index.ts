export type { PostbackStatus, PostbackTypeId } from "./postback/postback";
export type { UrlParts } from "./postback/url";
export { AffiliatePostback, type AffiliatePostbackArgs } from "./resource/affiliatePostback";
export { Provider, type ProviderArgs } from "./resource/provider";
