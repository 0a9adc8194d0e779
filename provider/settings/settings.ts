/** One setting of the package: a stack's `cake:<name>`, a `Provider` argument and an environment variable. */
export interface SettingDescription {
  /** The variable that fills a gap in the stack's settings. For the key it wins over the stack. */
  readonly variable: string;
  /** What it sets, with unit and allowed values. */
  readonly meaning: string;
  /** In words; undefined where the setting must be given. */
  readonly byDefault: string;
  /** May hold a secret, so that its value is never shown. */
  readonly secret?: true;
}

/** Every setting, in the order of the docs. The host, the `Provider` class and the docs are made from this table. */
export const settings = {
  domain: {
    variable: "CAKE_DOMAIN",
    meaning:
      "Your CAKE instance: a host (`yourdomain.cakemarketing.com`, or a domain of your own) or a URL. `http://` only for loopback unless `allowInsecureHttp` is set.",
    byDefault: "none: must be given",
  },
  apiKey: {
    variable: "CAKE_API_KEY",
    meaning:
      "Your CAKE API key (CAKE: Setup > System Access > API Keys). The environment wins over the stack, because refresh and destroy use what is saved in the state and CAKE kills old keys at once.",
    byDefault: "none: must be given before the first call; a preview needs none",
    secret: true,
  },
  endpoints: {
    variable: "CAKE_ENDPOINTS",
    meaning:
      "`all` uses the documented and the assumed endpoints, `without-list` all but the list, for an instance that has none: creates and updates then go out unchecked. `documented` uses only those that a CAKE article names: changes become a work list.",
    byDefault: "`all`",
  },
  paths: {
    variable: "CAKE_PATHS",
    meaning:
      'Own absolute paths of assumed endpoints as a JSON object, e.g. `{"list": "/api/2/postbacks.json"}`. Never a host.',
    byDefault: "the paths of the endpoint table",
  },
  pageSize: {
    variable: "CAKE_PAGE_SIZE",
    meaning:
      "Postbacks to ask for in one call of the list, 1 to 10000. CAKE's articles allow 500; `pulumi-cake doctor` measures whether your instance gives more.",
    byDefault: "`500`",
  },
  formerDomains: {
    variable: "CAKE_FORMER_DOMAINS",
    meaning: "Hosts under which this same instance was known before, as a JSON list or with commas between.",
    byDefault: "none",
  },
  proxy: {
    variable: "CAKE_PROXY",
    meaning: "The HTTP(S) proxy to reach CAKE through, as a URL. CAKE's allow-list needs a fixed address.",
    byDefault: "what `HTTPS_PROXY` and `NO_PROXY` say",
    secret: true,
  },
  allowInsecureHttp: {
    variable: "CAKE_ALLOW_INSECURE_HTTP",
    meaning: "`true` allows an `http://` domain that is not loopback. The key then travels in clear text.",
    byDefault: "`false`",
  },
  concurrency: {
    variable: "CAKE_CONCURRENCY",
    meaning: "Calls to CAKE in flight at once, 1 to 32.",
    byDefault: "`8`",
  },
  callsPerSecond: {
    variable: "CAKE_CALLS_PER_SECOND",
    meaning:
      "Calls to CAKE in one second on average, 1 to 1000; what two seconds allow may go out at once. When CAKE asks to slow down, a run goes slower by itself, and faster again as CAKE answers. Waiting for a turn never makes an operation fail.",
    byDefault: "`100`",
  },
  requestTimeout: {
    variable: "CAKE_REQUEST_TIMEOUT",
    meaning: "Seconds that one attempt of a call may take, 1 to 600.",
    byDefault: "`30`",
  },
  operationTimeout: {
    variable: "CAKE_OPERATION_TIMEOUT",
    meaning:
      "Seconds that one call may take with all its retries, 1 to 3600. Waiting for its turn does not count.",
    byDefault: "`300`",
  },
  listLag: {
    variable: "CAKE_LIST_LAG",
    meaning:
      "Seconds that CAKE's list may take to show a write, 0 to 60. An unclear create is looked for that long before it counts as not made.",
    byDefault: "`7`",
  },
  maxDeactivations: {
    variable: "CAKE_MAX_DEACTIVATIONS",
    meaning: "Postbacks that one run may switch off before it stops, 1 to 1000000.",
    byDefault: "`25`",
  },
  maxChanges: {
    variable: "CAKE_MAX_CHANGES",
    meaning:
      "Postbacks that one run may change or switch off before it stops, 1 to 1000000. Creates do not count.",
    byDefault: "`100`",
  },
  rules: {
    variable: "CAKE_RULES",
    meaning:
      'What this project decides about the rules for URLs, as a JSON object: `severity` of a rule (`{"P12": "off"}`), `macros` that your CAKE replaces and no article names, and `own` rules. See docs/rules.md.',
    byDefault: "every rule as it comes",
  },
} as const satisfies Record<string, SettingDescription>;

export type SettingName = keyof typeof settings;
export const SETTING_NAMES = Object.keys(settings) as SettingName[];

/** The environment variable that carries the key of an explicit provider: `CAKE_EU_API_KEY` for `new Provider("eu", …)`. */
export function keyVariableOf(providerName: string): string {
  return `CAKE_${providerName.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_API_KEY`;
}
