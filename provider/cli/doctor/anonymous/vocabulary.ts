/**
 * The words of which CAKE makes the names of fields, as its articles and public clients show them. A name that has any
 * other word may be a host, a partner or a value, so it is only counted.
 */
export const VOCABULARY: ReadonlySet<string> = new Set(
  `
  account active adv advertiser affiliate affiliates all allowed amount api approved archived browser budget by cake
  campaign campaigns channel click clicks code conversion conversions cost count country created creative creatives
  currency custom data date default delay deleted description detail details device domain enabled end error errors
  event events expiration export external file fire fired first format from global group has hidden hits html http
  https id iframe ids image inactive info internal is item items javascript js key last level limit link list lists
  log logs manager map max media message method min mode modified ms name new next note notes number offer offers
  offset old on order page pages param parameter parameters parent payout pending percent pixel pixels postback
  postbacks price priority query records region rejected request requests response restricted result results revenue
  row rows rule s script seconds secure server session settings sid site sort source start state status sub success
  system tag text time timestamp title to token total traffic transaction type types unique update updated url urls
  user username value values version vertical visible
  d affid aff cid oid tid reqid
  `
    .split(/\s+/)
    .filter((word) => word !== ""),
);
