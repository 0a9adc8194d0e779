import { Config, log, unsecret } from "@pulumi/pulumi";
import { getAffiliatePostbacksOutput } from "pulumi-cake";

// A stack that manages nothing and watches everything: `pulumi up` reads what is live, once, and its outputs say
// what an auditor asks. Unlike other programs, this one needs the key already in a preview.
const config = new Config();

// The hosts that your partners have agreed on: pulumi config set --path 'agreedHosts[0]' trk.northpeak.example
const agreed = new Set(config.requireObject<string[]>("agreedHosts"));

// All of them: filters such as { affiliateId: 2004 } narrow the answer, not the calls. The list is secret as soon as one
// URL holds a partner's token; the IDs and counts that are exported here are not.
const live = unsecret(getAffiliatePostbacksOutput({}));
const active = live.apply((all) => all.filter(({ postbackStatus }) => postbackStatus === "active"));

const strangers = active.apply((all) => all.filter(({ urlParts }) => !agreed.has(urlParts.host)));
strangers.apply((found) => {
  // An ID says where to look, and holds nothing that a log should not.
  for (const { postbackId, affiliateId } of found.slice(0, 20))
    log.warn(`Postback ${postbackId} of affiliate ${affiliateId} calls a host that nobody agreed on.`);
});

/** How many postbacks are live, and how many of them CAKE calls. */
export const counts = { live: live.length, active: active.length };

/** The IDs of those that call another host than the agreed ones. */
export const onOtherHosts = strangers.apply((found) => found.map(({ postbackId }) => postbackId));

/** Affiliates with postbacks on more than one host: most often a switch of trackers that was never finished. */
export const severalHosts = active.apply((all) => {
  const hosts = new Map<number, Set<string>>();
  for (const { affiliateId, urlParts } of all)
    hosts.set(affiliateId, (hosts.get(affiliateId) ?? new Set()).add(urlParts.host));
  return [...hosts].filter(([, ofAffiliate]) => ofAffiliate.size > 1).map(([affiliateId]) => affiliateId);
});
