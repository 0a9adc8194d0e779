import { type Postback, type PostbackTypeId, typeIdOf } from "../postback/postback";
import { type UrlParts, urlParts } from "../postback/url";

/**
 * A postback as CAKE's list showed it when the program asked first. Source: the assumed list endpoint, whose rows should
 * be like the record that CAKE article 13000118735 shows.
 */
export interface AffiliatePostbackRecord {
  /** CAKE's ID of the postback. */
  postbackId: number;
  /** The affiliate (partner) whose conversions are reported. */
  affiliateId: number;
  /** The offer whose conversions are reported, 0 for all offers. */
  offerId: number;
  /** The URL that CAKE calls, byte for byte. It may contain a partner's secret. */
  postbackUrl: string;
  /** `active` or `inactive`; a status that CAKE knows and no article names is kept as it is. */
  postbackStatus: string;
  /** CAKE's name of the type. `"Server"` (type 1) is the only one that an article names. */
  postbackType: string;
  /** 1 where CAKE's name of the type is documented; missing for the others. */
  postbackTypeId?: PostbackTypeId;
  /** Host and port of the CAKE instance that the postback lives on. */
  domain: string;
  /** Host, path and parameters of the URL. */
  urlParts: UrlParts;
}

/** The record of a live row. */
export function recordOf(row: Postback, domain: string): AffiliatePostbackRecord {
  const { postbackId, affiliateId, offerId, postbackUrl, postbackStatus, postbackType } = row;
  const postbackTypeId = typeIdOf(postbackType);
  return {
    postbackId,
    affiliateId,
    offerId,
    postbackUrl,
    postbackStatus,
    postbackType,
    ...(postbackTypeId === undefined ? {} : { postbackTypeId }),
    domain,
    urlParts: urlParts(postbackUrl),
  };
}
