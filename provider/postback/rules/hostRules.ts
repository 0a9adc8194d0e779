import { authorityOf, hostNameOf, isLocal, isSample, isSubdomainOf } from "../reading/hosts";
import { findingsAt, isPixelCode, trimmed, urlParameters } from "../reading/reading";
import { type Candidate, type Finding, PLACES, type RuleContext, type UrlRule } from "./rule";

const GOOD = "https://t.partner.net/pb?cid=#s2#&payout=#price#";

const plainHttp: UrlRule = {
  id: "P12",
  name: "plain-http",
  title: "no encryption",
  severity: "warning",
  runsIn: PLACES,
  why: "Payout and click ID travel in clear text, and some receivers refuse the call without a useful answer.",
  source: "ourdreamaiaffiliate.com",
  fix: "Write https://. If the partner has no TLS, suppress the rule with that reason.",
  bad: "http://t.partner.net/pb?cid=#s2#&payout=#price#",
  good: GOOD,
  find: ({ postbackUrl }) =>
    /^http:/i.test(trimmed(postbackUrl))
      ? [{ part: "the scheme", what: "is http, which encrypts nothing" }]
      : [],
};

const noAddress: UrlRule = {
  id: "P13",
  name: "no-address",
  title: "an address that nobody can call",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE calls http and https addresses. Without a host there is nothing to call, and every log that a URL passes shows its user and password.",
  source: "RFC 3986, section 3.2; Everflow's help on the prefix",
  fix: "Begin with https:// and the host that receives postbacks, without a user.",
  bad: "https://user:pass@t.partner.net/pb?cid=#s2#&payout=#price#",
  good: GOOD,
  find: addresses,
};

const unreachableHost: UrlRule = {
  id: "P14",
  name: "unreachable-host",
  title: "a host that CAKE cannot reach",
  severity: "error",
  runsIn: PLACES,
  why: "CAKE's servers call the URL, not your browser. An address of one machine or of a private network leads them to their own network. A host that is reserved for examples is only a warning.",
  source: "RFC 6890 and RFC 2606; the usual lists against server-side request forgery",
  fix: "Use the public host of the partner's tracker.",
  bad: "https://192.168.1.20/pb?cid=#s2#&payout=#price#",
  good: GOOD,
  find: unreachable,
};

const wrongReceiver: UrlRule = {
  id: "P24",
  name: "wrong-receiver",
  title: "a receiver that is not the partner",
  severity: "warning",
  runsIn: PLACES,
  why: "A postback to the CAKE instance that sends it goes in a circle. A mobile measurement service is the wrong direction: it calls CAKE.",
  source: "support.appsflyer.com 207273986; inferred",
  fix: "Use the host of the affiliate's tracker.",
  bad: "https://app.appsflyer.com/pb?clickid=#s2#&payout=#price#",
  good: "https://t.partner.net/pb?clickid=#s2#&payout=#price#",
  find: receivers,
};

const testLeftover: UrlRule = {
  id: "P25",
  name: "test-leftover",
  title: "a leftover of a test",
  severity: "warning",
  runsIn: PLACES,
  why: "A test parameter or a service that collects test calls is still live. The partner books nothing, or a stranger reads the payouts.",
  source: "inferred",
  fix: "Remove the parameter, or use the host of the partner's tracker.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=#price#&test=1",
  good: GOOD,
  find: leftovers,
};

/** The rules about the host that is called. */
export const hostRules: readonly UrlRule[] = [
  ...[plainHttp, noAddress, unreachableHost],
  ...[wrongReceiver, testLeftover],
];

function addresses(candidate: Candidate): Finding[] {
  const { postbackUrl } = candidate;
  if (isPixelCode(candidate)) return [];
  if (!/^https?:\/\//i.test(trimmed(postbackUrl))) {
    return [{ part: "the scheme", what: "is neither http:// nor https://" }];
  }
  const authority = authorityOf(postbackUrl);
  if (hostNameOf(postbackUrl) === undefined) {
    return [{ part: "the host", what: "is missing, or CAKE cannot call it" }];
  }
  return [
    ...(authority.includes("@")
      ? [{ part: "the host", what: "has a user or a password before it", quoted: authority }]
      : []),
    ...(authority.includes("\\")
      ? [{ part: "the host", what: "has a backslash, where some clients end it", quoted: authority }]
      : []),
  ];
}

function unreachable({ postbackUrl }: Candidate): Finding[] {
  const host = hostNameOf(postbackUrl);
  if (host === undefined) return [];
  const finding = { part: "the host", quoted: authorityOf(postbackUrl) };
  if (isLocal(host)) return [{ ...finding, what: "is an address of one machine or of a private network" }];
  const severity = "warning";
  if (isSample(host))
    return [{ ...finding, what: "is reserved for examples, so nobody receives the call", severity }];
  // A macro or a template may become a complete name.
  return /^[a-z0-9-]+$/.test(host)
    ? [{ ...finding, what: "has no dot, as in local networks only", severity }]
    : [];
}

/** Mobile measurement services, which call CAKE and are not called by it. */
const MEASUREMENT = [
  ...["appsflyer.com", "onelink.me", "adjust.com", "adj.st", "kochava.com"],
  ...["branch.io", "app.link", "singular.net", "sng.link", "tenjin.com"],
];

function receivers({ postbackUrl }: Candidate, { domain }: RuleContext): Finding[] {
  const host = hostNameOf(postbackUrl);
  if (host === undefined) return [];
  const own = domain === undefined ? undefined : hostNameOf(`https://${domain}`);
  if (host === own) return [{ part: "the host", what: "is that of the CAKE instance itself" }];
  return isSubdomainOf(host, MEASUREMENT)
    ? [{ part: "the host", what: "is that of a mobile measurement service, which calls CAKE itself" }]
    : [];
}

/** Services that show the calls they receive, or forward them to somebody's own machine. */
const CATCHERS = [
  ...["webhook.site", "requestbin.com", "requestbin.net", "pipedream.net", "beeceptor.com", "httpbin.org"],
  ...[
    "postb.in",
    "requestcatcher.com",
    "ngrok.io",
    "ngrok.app",
    "ngrok.dev",
    "ngrok-free.app",
    "ngrok-free.dev",
  ],
  ...[
    "loca.lt",
    "localtunnel.me",
    "serveo.net",
    "trycloudflare.com",
    "nip.io",
    "sslip.io",
    "localtest.me",
    "lvh.me",
  ],
];
const TEST_SWITCH = /^(?:is_?)?(?:test|testing|debug)(?:_?mode)?$/i;

function leftovers({ postbackUrl }: Candidate): Finding[] {
  const host = hostNameOf(postbackUrl) ?? "";
  const what = "is that of a service for tests";
  return [
    ...(isSubdomainOf(host, CATCHERS) ? [{ part: "the host", what, quoted: host }] : []),
    ...findingsAt(urlParameters(postbackUrl), ({ name, value }) =>
      TEST_SWITCH.test(name) && !/^(?:0|false|no|off)$/i.test(value)
        ? [{ what: "is a test parameter", quoted: value }]
        : [],
    ),
  ];
}
