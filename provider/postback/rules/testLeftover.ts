import { isSubdomainOf } from "../reading/hosts";
import type { UrlComponent } from "../reading/reading";
import { PLACES, type UrlFinding, type UrlRule } from "./rule";

/** Services that show the calls they receive, or forward them to somebody's own machine. */
const CATCHERS = [
  ...["webhook.site", "requestbin.com", "requestbin.net", "pipedream.net", "beeceptor.com", "httpbin.org"],
  ...["postb.in", "requestcatcher.com", "ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app"],
  ...["ngrok-free.dev", "loca.lt", "localtunnel.me", "serveo.net", "trycloudflare.com", "nip.io", "sslip.io"],
  ...["localtest.me", "lvh.me", "postman-echo.com", "httpbingo.org", "mockbin.org", "pipedream.com"],
];
/** Hosts of a preview that a build makes of a branch. */
const PREVIEW = /-git-[a-z0-9-]{1,60}\.vercel\.app$|^deploy-preview-\d+--[a-z0-9-]{1,60}\.netlify\.app$/;
const TEST_SWITCH = /^(?:is_?)?(?:test|testing|debug|sandbox|dry_?run)(?:_?mode)?$/i;
const TEST_MODE = /^(?:mode|env|environment)$/i;

/** P25: a leftover of a test. */
export const testLeftover: UrlRule = {
  id: "P25",
  name: "test-leftover",
  title: "a leftover of a test",
  severity: "warning",
  runsIn: PLACES,
  why: "A test parameter or a service that collects test calls is still live. The partner books nothing, or a stranger reads the payouts.",
  source: "inferred",
  fix: "Remove the parameter, or use the host of the partner's tracker.",
  bad: "https://t.partner.net/pb?cid=#s2#&payout=#price#&test=1",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ hostName = "", host, parameters }) => {
    const found = (what: string): UrlFinding => ({ part: host, what, quoted: hostName });
    return [
      ...(isSubdomainOf(hostName, CATCHERS) ? [found("is that of a service for tests")] : []),
      ...(PREVIEW.test(hostName) ? [found("is that of a preview, which ends with its branch")] : []),
      ...parameters
        .filter(isTestSwitch)
        .map((part) => ({ part, what: "is a test parameter", quoted: part.value })),
    ];
  },
};

function isTestSwitch({ name, value }: UrlComponent): boolean {
  // Another value may name a variant that is tested.
  if (TEST_SWITCH.test(name)) return /^(?:1|true|yes|on|y|test|live)?$/i.test(value);
  return TEST_MODE.test(name) && /^(?:test|testing|debug|sandbox|dev|staging)$/i.test(value);
}
