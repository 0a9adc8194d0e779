import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { TRACKERS } from "../../../../provider/postback/trackers";
import type { TrackerName } from "../../../../provider/postback/trackers/options";
import { recognizeTracker, trackers } from "../../../../provider/postback/trackers/templates";
import { isRecognized } from "./recognized";

const root = join(__dirname, "../../../..");
const names = Object.keys(TRACKERS) as TrackerName[];
const domain = "track.partner.net";
const https = (rest: string) => `https://${domain}${rest}`;

// Each template with the least that it takes, and with everything.
const EXACT: Record<TrackerName, readonly (readonly [given: string, becomes: string])[]> = {
  voluum: [
    [trackers.voluum({ domain }), "/postback?cid=#s2#&payout=#price#&txid=#leadid#"],
    [
      trackers.voluum({ domain, clickId: "s5", transactionId: "tid", status: "Sale", currency: "EUR" }),
      "/postback?cid=#s5#&payout=#price#&txid=#tid#&et=Sale&currency=EUR",
    ],
  ],
  redtrack: [
    [trackers.redtrack({ domain }), "/postback?clickid=#s2#&sum=#price#"],
    [
      trackers.redtrack({ domain, status: "Approved", type: "Sale", transactionId: "leadid" }),
      "/postback?clickid=#s2#&sum=#price#&status=Approved&type=Sale&rdtk_event_id=#leadid#",
    ],
  ],
  binom: [
    [trackers.binom({ domain }), "/click.php?cnv_id=#s2#&payout=#price#"],
    [
      trackers.binom({ domain, version: 2, payout: false, status: "lead", currency: "USD" }),
      "/click?cnv_id=#s2#&cnv_status=lead&cnv_currency=USD",
    ],
  ],
  keitaro: [
    [trackers.keitaro({ domain, key: "2c4e" }), "/2c4e/postback?subid=#s2#&payout=#price#&tid=#leadid#"],
    [
      trackers.keitaro({ domain, key: "2c4e", transactionId: false, status: "sale", currency: "EUR" }),
      "/2c4e/postback?subid=#s2#&payout=#price#&status=sale&currency=EUR",
    ],
  ],
  bemob: [
    [trackers.bemob({ domain }), "/postback?cid=#s2#&payout=#price#&txid=#leadid#"],
    [
      trackers.bemob({ domain, status: "deposit" }),
      "/postback?cid=#s2#&payout=#price#&txid=#leadid#&status=deposit",
    ],
  ],
  peerclick: [
    [trackers.peerclick({ domain }), "/postback?cid=#s2#&payout=#price#&txid=#leadid#"],
    [
      trackers.peerclick({ domain, status: "reg", currency: "EUR" }),
      "/postback?cid=#s2#&payout=#price#&txid=#leadid#&status=reg&currency=EUR",
    ],
  ],
  clickflare: [
    [trackers.clickflare({ domain }), "/cf/cv?click_id=#s2#&payout=#price#&txid=#leadid#"],
    [
      trackers.clickflare({ domain, transactionId: "tid", status: "sale", extra: { param1: "#s1#" } }),
      "/cf/cv?click_id=#s2#&payout=#price#&txid=#tid#&ct=sale&param1=#s1#",
    ],
  ],
  funnelflux: [
    [trackers.funnelflux({ domain }), "/pb/?hit=#s2#&tx=#leadid#&rev=#price#"],
    [trackers.funnelflux({ domain, transactionId: "tid", payout: false }), "/pb/?hit=#s2#&tx=#tid#"],
  ],
  tune: [
    [trackers.tune({ domain }), "/aff_lsr?transaction_id=#s2#"],
    [
      trackers.tune({ domain, payout: true, transactionId: "tid", securityToken: "8f3a" }),
      "/aff_lsr?transaction_id=#s2#&amount=#price#&adv_sub=#tid#&security_token=8f3a",
    ],
  ],
  everflow: [
    [trackers.everflow({ domain, networkId: 512 }), "/?nid=512&transaction_id=#s2#"],
    [
      trackers.everflow({
        ...{ domain, networkId: 512, payout: true, transactionId: "leadid", verificationToken: "8f3a" },
      }),
      "/?nid=512&transaction_id=#s2#&amount=#price#&order_id=#leadid#&verification_token=8f3a",
    ],
  ],
  cake: [
    [trackers.cake({ domain }), "/p.ashx?r=#s2#&t=#leadid#"],
    [trackers.cake({ domain, offerId: 41, eventId: 7, transactionId: false }), "/p.ashx?o=41&e=7&r=#s2#"],
  ],
  affise: [
    [trackers.affise({ domain }), "/postback?clickid=#s2#&sum=#price#&action_id=#leadid#"],
    [
      trackers.affise({ domain, status: 1, goal: "deposit", secure: "8f3a" }),
      "/postback?clickid=#s2#&sum=#price#&status=1&action_id=#leadid#&goal=deposit&secure=8f3a",
    ],
  ],
  trackier: [
    [trackers.trackier({ domain }), "/acquisition?click_id=#s2#&revenue=#price#&txn_id=#leadid#"],
    [
      trackers.trackier({
        ...{ domain, securityToken: "8f3a", goalId: "7", transactionId: "tid" },
        ...{ status: "approved", goalValue: "reg", currency: "EUR" },
      }),
      "/acquisition?click_id=#s2#&security_token=8f3a&goal_id=7&revenue=#price#&txn_id=#tid#&status=approved&goal_value=reg&currency=EUR",
    ],
  ],
  scaleo: [
    [trackers.scaleo({ domain, token: "344387eb" }), "/track/conv?click_id=#s2#&token=344387eb"],
    [
      trackers.scaleo({
        ...{ domain, token: "344387eb", payout: true, transactionId: "leadid" },
        ...{ goalId: 1673, status: "pending", goalAlias: "reg" },
      }),
      "/track/conv?click_id=#s2#&amount=#price#&token=344387eb&adv_order_id=#leadid#&goal_id=1673&conv_status=pending&goal_alias=reg",
    ],
  ],
  linktrust: [
    [trackers.linktrust({ domain }), "/pixel.track?ClickID=#s2#"],
    [
      trackers.linktrust({ domain, transactionId: "leadid" }),
      "/pixel.track?ClickID=#s2#&MerchantReferenceID=#leadid#",
    ],
  ],
  offer18: [
    [trackers.offer18({ domain, networkId: 482 }), "/p?mid=482&tid=#s2#"],
    [
      trackers.offer18({
        ...{
          domain,
          networkId: 482,
          authToken: "43210",
          event: "signup",
          payout: true,
          transactionId: "tid",
        },
      }),
      "/p?mid=482&auth_token=43210&tid=#s2#&event=signup&sale=#price#&adv_sub1=#tid#",
    ],
  ],
};

describe.each(names)("the template for %s", (name) => {
  const urls = EXACT[name].map(([given]) => given);

  it("gives exactly this URL", () => {
    for (const [given, becomes] of EXACT[name]) expect(given).toBe(https(becomes));
  });

  const hosts = [domain, ...TRACKERS[name].hosts.map((host) => `acme.${host}`)];

  it.each(hosts)(
    "gives URLs at %s in which no rule finds anything, with few options and with many",
    (host) => {
      for (const url of urls) {
        const postbackUrl = url.replace(domain, host);
        const known = { isSecret: true };
        expect(evaluate({ postbackUrl, clickIdSlot: undefined }, defaultRuleSettings, known)).toEqual([]);
      }
    },
  );

  it("is described where its options are", () => {
    const described = readFileSync(join(root, "provider/postback/trackers", `${name}.ts`), "utf8");
    for (const parameter of Object.values(TRACKERS[name].parameters)) {
      if (parameter.name !== "*") expect(described).toContain(`${parameter.name}=`);
    }
    const flowing = described.replace(/\n \* /g, " ");
    for (const source of TRACKERS[name].source.split("; ")) expect(flowing).toContain(source);
    expect(flowing).toContain(`(read ${TRACKERS[name].read})`);
  });
});

describe("a tracker that drops a second conversion of a click without a transaction ID", () => {
  it.each(names.filter((name) => TRACKERS[name].dedupes === "always"))(
    "is given CAKE's ID of it: %s",
    (name) => {
      expect(EXACT[name][0]?.[0]).toContain("=#leadid#");
    },
  );
});

describe("options that are refused", () => {
  it.each([
    "https://track.partner.net",
    "track.partner.net/postback",
    "track.partner.net?x=1",
    "#s2#.partner.net",
    "user@partner.net",
    "partner .net",
    "localhost",
    "-a.net",
    "a.net.",
    "a.net:0",
    "",
    undefined as unknown as string,
  ])("a domain that is not the bare host: %j", (wrong) => {
    expect(() => trackers.voluum({ domain: wrong })).toThrow(
      `The option domain of trackers.voluum must be a host such as "track.partner.net", without scheme, path or macro, found ${JSON.stringify(wrong) ?? "nothing"}.`,
    );
  });

  it.each(["t.partner.net:8443", "T.Partner.NET", "203.0.113.7", "xn--bcher-kva.example"])(
    "but not a domain that is one: %j",
    (good) => {
      expect(trackers.tune({ domain: good })).toBe(`https://${good}/aff_lsr?transaction_id=#s2#`);
    },
  );

  it.each<[wrong: () => string, what: string]>([
    [
      () => trackers.voluum({ domain, clickId: "s6" as "s5" }),
      'The option clickId of trackers.voluum must be one of "s1", "s2", "s3", "s4", "s5", found "s6".',
    ],
    [
      () => trackers.voluum({ domain, payout: "5" as unknown as boolean }),
      'The option payout of trackers.voluum must be one of true, false, found "5".',
    ],
    [
      () => trackers.voluum({ domain, transactionId: true as unknown as false }),
      'transactionId of trackers.voluum must be one of "leadid", "tid", false, found true.',
    ],
    [
      () => trackers.affise({ domain, status: 4 as 5 }),
      "The option status of trackers.affise must be one of 1, 2, 3, 5, found 4.",
    ],
    [
      () => trackers.voluum({ domain, currency: "eur" }),
      'currency of trackers.voluum must be a currency code such as "EUR", found "eur".',
    ],
    [
      () => trackers.voluum({ domain, status: "#status#" }),
      'status of trackers.voluum must be URL-encoded text without a macro, found "#status#".',
    ],
    [() => trackers.voluum({ domain, status: "a&b" }), "must be URL-encoded text without a macro"],
    [() => trackers.voluum({ domain, status: "{status}" }), "must be URL-encoded text without a macro"],
    [() => trackers.voluum({ domain, status: "" }), "must be URL-encoded text without a macro"],
    [
      () => trackers.everflow({ domain } as { domain: string; networkId: number }),
      "The option networkId of trackers.everflow must be an integer of at least 1, found nothing.",
    ],
    [() => trackers.everflow({ domain, networkId: 0.5 }), "must be an integer of at least 1, found 0.5."],
    [
      () => trackers.keitaro({ domain, key: "a/b" }),
      'key of trackers.keitaro must be one segment of the path: letters, digits, _ and -, found "***".',
    ],
    [
      () => trackers.voluum({ domain, click: "s2" } as { domain: string }),
      'The template trackers.voluum has no option "click". No URL was made, and the program stops here. Use domain, clickId, payout, transactionId, status, currency or extra. [tracker-option-unknown]',
    ],
    [
      () => trackers.voluum({ domain, extra: { payout: "5" } }),
      'extra of trackers.voluum must not have "payout": use the option payout.',
    ],
    [
      () => trackers.voluum({ domain, extra: { "a b": "5" } }),
      'extra of trackers.voluum must have URL-encoded names of parameters, found "a b".',
    ],
    [
      () => trackers.voluum({ domain, extra: { param1: "a b" } }),
      'extra of trackers.voluum must have a URL-encoded value for "param1", found "a b".',
    ],
  ])("%s", (wrong, what) => {
    expect(wrong).toThrow(what);
  });

  it("are refused without showing what may be a secret", () => {
    expect(() => trackers.scaleo({ domain, token: "se cret" })).toThrow(/^((?!cret).)*$/);
  });
});

describe("recognizeTracker()", () => {
  it("gives the template and its options in full", () => {
    expect(recognizeTracker("https://x1.bemobtrcks.com/postback?cid=#s2#&payout=#price#&v=#oid#")).toEqual({
      tracker: "bemob",
      options: {
        ...{ domain: "x1.bemobtrcks.com", clickId: "s2", payout: true, transactionId: false },
        extra: { v: "#oid#" },
      },
    });
    expect(recognizeTracker(https("/2c4e/postback?subid=#s3#&status=lead"))).toEqual({
      tracker: "keitaro",
      options: { domain, key: "2c4e", clickId: "s3", payout: false, transactionId: false, status: "lead" },
    });
  });

  it.each([
    ["a shape of several trackers at a partner's host", https("/postback?cid=#s2#&payout=#price#")],
    ["another order of the parameters", https("/aff_lsr?amount=#price#&transaction_id=#s2#")],
    ["a fixed payout", https("/click.php?cnv_id=#s2#&payout=5")],
    ["no click id", https("/click.php?payout=#price#")],
    ["the same parameter twice", https("/click.php?cnv_id=#s2#&cnv_id=#s2#")],
    ["another scheme", "http://t.net/click.php?cnv_id=#s2#"],
    ["a number in another spelling", https("/?nid=007&transaction_id=#s2#")],
    ["a fragment", https("/click.php?cnv_id=#s2##top")],
    ["a path below", https("/a/b/postback?subid=#s2#")],
    ["no tracker's path", https("/pb?cid=#s2#")],
    ["no URL", "voluum"],
  ])("knows none for %s", (_, url) => {
    expect(recognizeTracker(url)).toBeUndefined();
  });

  const given = fc.constantFrom(...names).chain((name) =>
    fc.record({
      name: fc.constant(name),
      options: optionsOf(name),
    }),
  );

  it("finds every template again by its URL", () => {
    fc.assert(
      fc.property(given, ({ name, options }) => {
        const url = build(name, options);
        const found = recognizeTracker(url);
        expect(found?.tracker).toBe(isRecognized(name) ? name : undefined);
        if (found) expect(build(name, found.options)).toBe(url);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("takes any text, and what it finds gives that text", () => {
    const piece = fc.constantFrom(
      "https://",
      domain,
      "/",
      "postback",
      "?",
      "&",
      "=",
      "#s2#",
      "cid",
      "#",
      "__proto__",
    );
    const like = fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(like, fc.string({ unit: "binary" })), (text) => {
        const found = recognizeTracker(text);
        if (found) expect(build(found.tracker, found.options)).toBe(text);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

function build(name: TrackerName, options: object): string {
  return (trackers[name] as (options: object) => string)(options);
}

/** Options that a template takes, at its own host where it has one. */
function optionsOf(name: TrackerName): fc.Arbitrary<object> {
  const { hosts, parameters } = TRACKERS[name];
  const values = [
    "s1",
    "s2",
    "s4",
    true,
    false,
    "tid",
    "leadid",
    "sale",
    "approved",
    "EUR",
    "a%20b",
    1,
    5,
    1673,
  ];
  const own = Object.entries(parameters).map(([option, { write, isRequired }]) => {
    const taken = fc.constantFrom(...values.filter((value) => write(value) !== undefined));
    return [option, isRequired ? taken : fc.option(taken, { nil: undefined })] as const;
  });
  return fc.record({
    domain: fc.constant(`x1.${hosts[0] ?? "partner.net"}`),
    ...Object.fromEntries(own),
    extra: fc.option(
      fc.dictionary(fc.constantFrom("x", "7", "sub_8", "__proto__"), fc.constantFrom("#oid#", "v")),
      {
        nil: undefined,
      },
    ),
  });
}
