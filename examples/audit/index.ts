import { Config, log, unsecret } from "@pulumi/pulumi";
import { getAffiliatePostbacksOutput } from "pulumi-cake";

// This stack manages no postbacks. `pulumi up` reads all live ones once, and its outputs answer an auditor's questions.
// Unlike other programs, this one needs the API key even in a preview.
const config = new Config();

// The hosts that your partners may use: pulumi config set --path 'agreedHosts[0]' trk.northpeak.example
const agreed = new Set(config.requireObject<string[]>("agreedHosts"));

// All live postbacks. A filter such as { affiliateId: 2004 } narrows the result, not the number of calls. The result is
// secret if one URL has a partner's token, but the exported IDs and counts are not.
const live = unsecret(getAffiliatePostbacksOutput({}));
const active = live.apply((all) => all.filter(({ postbackStatus }) => postbackStatus === "active"));

const others = active.apply((all) => all.filter(({ urlParts }) => !agreed.has(urlParts.host)));
others.apply((found) => {
  // IDs are enough to find a postback in CAKE, and a log may show them.
  for (const { postbackId, affiliateId } of found.slice(0, 20))
    log.warn(`Postback ${postbackId} of affiliate ${affiliateId} calls a host that is not agreed.`);
});

/** The number of live postbacks, and the number of active ones, which CAKE calls. */
export const counts = { live: live.length, active: active.length };

/** The IDs of active postbacks whose host is not agreed. */
export const onOtherHosts = others.apply((found) => found.map(({ postbackId }) => postbackId));

/** Affiliates with postbacks on several hosts: usually they changed their tracker and never finished. */
export const severalHosts = active.apply((all) => {
  const hosts = new Map<number, Set<string>>();
  for (const { affiliateId, urlParts } of all)
    hosts.set(affiliateId, (hosts.get(affiliateId) ?? new Set()).add(urlParts.host));
  return [...hosts].filter(([, ofAffiliate]) => ofAffiliate.size > 1).map(([affiliateId]) => affiliateId);
});
