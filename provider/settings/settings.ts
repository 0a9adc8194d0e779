import type { EndpointName } from "../cake/endpoints";
import type { RuleSettings } from "../postback/rules/rule";

/** One setting of the package: a stack's `cake:<name>`, a `Provider` argument and an environment variable. */
interface Description {
  /** The variable that fills a gap in the stack's settings. For the key it wins over the stack. */
  readonly variable: string;
  /** What it sets; bounds and unit are added from the schema. */
  readonly meaning: string;
  /** What happens without it, where the default value itself does not say it. */
  readonly byDefault?: string;
  /** May hold a secret, so that its value is never shown. */
  readonly secret?: true;
  /** Belongs to one instance: an explicit provider takes it neither from the stack nor from the environment. */
  readonly ofInstance?: true;
}

interface Integer extends Description {
  readonly kind: "integer" | "seconds";
  readonly least: number;
  readonly most: number;
  readonly default: number;
}

interface Choice extends Description {
  readonly kind: "choice";
  readonly values: readonly string[];
  readonly default: string;
}

interface Flag extends Description {
  readonly kind: "flag";
  readonly default: boolean;
}

/** What has a parser of its own and no value by default. */
interface Special extends Description {
  readonly kind: "domain" | "key" | "domains" | "paths" | "proxy" | "rules";
  readonly byDefault: string;
}

export type SettingSchema = Integer | Choice | Flag | Special;

/** Every setting, in the order of the docs. Resolution, the `Provider` class, the doctor and the docs read this table. */
export const settings = {
  domain: {
    kind: "domain",
    variable: "CAKE_DOMAIN",
    meaning:
      "Your CAKE instance: a host (`yourdomain.cakemarketing.com`, or a domain of your own) or a URL. `http://` only for loopback unless `allowInsecureHttp` is set.",
    byDefault: "none: must be given",
    ofInstance: true,
  },
  apiKey: {
    kind: "key",
    variable: "CAKE_API_KEY",
    meaning:
      "Your CAKE API key (CAKE: Setup > System Access > API Keys). The environment wins over the stack, because refresh and destroy use what is saved in the state and CAKE ends old keys at once.",
    byDefault: "none: must be given before the first call; a preview needs none",
    secret: true,
    ofInstance: true,
  },
  endpoints: {
    kind: "choice",
    variable: "CAKE_ENDPOINTS",
    meaning:
      "`all` uses the documented and the assumed endpoints, `without-list` all but the list, for an instance that has none: creates and updates then go out unchecked. `documented` uses only those that a CAKE article names: changes become a work list.",
    values: ["all", "without-list", "documented"],
    default: "all",
  },
  paths: {
    kind: "paths",
    variable: "CAKE_PATHS",
    meaning:
      "Own absolute paths of assumed endpoints, e.g. `list=api/2/postbacks.json` with commas between several, or as a JSON object. Never a host.",
    byDefault: "the paths of the endpoint table",
  },
  pageSize: {
    kind: "integer",
    variable: "CAKE_PAGE_SIZE",
    meaning:
      "Postbacks to ask for in one call of the list. CAKE's articles allow 500; `pulumi-cake doctor` measures whether your instance gives more.",
    least: 1,
    most: 10_000,
    default: 500,
  },
  formerDomains: {
    kind: "domains",
    variable: "CAKE_FORMER_DOMAINS",
    meaning: "Previous hosts of this instance, comma-separated or as a JSON list.",
    byDefault: "none",
    ofInstance: true,
  },
  proxy: {
    kind: "proxy",
    variable: "CAKE_PROXY",
    meaning: "The HTTP(S) proxy to reach CAKE through, as a URL. CAKE's allow-list needs a fixed address.",
    byDefault: "what `HTTPS_PROXY` and `NO_PROXY` say",
    secret: true,
  },
  allowInsecureHttp: {
    kind: "flag",
    variable: "CAKE_ALLOW_INSECURE_HTTP",
    meaning: "`true` allows an `http://` domain that is not loopback. The key then travels in clear text.",
    default: false,
  },
  concurrency: {
    kind: "integer",
    variable: "CAKE_CONCURRENCY",
    meaning: "Calls to CAKE in flight at once.",
    least: 1,
    most: 32,
    default: 8,
  },
  callsPerSecond: {
    kind: "integer",
    variable: "CAKE_CALLS_PER_SECOND",
    meaning:
      "Calls to CAKE in one second on average. Bursts of up to two seconds' worth are allowed. When CAKE asks to slow down, a run goes slower by itself, and faster again as CAKE answers. Waiting for a turn never makes an operation fail.",
    least: 1,
    most: 1000,
    default: 100,
  },
  requestTimeout: {
    kind: "seconds",
    variable: "CAKE_REQUEST_TIMEOUT",
    meaning: "How long one attempt of a call may take.",
    least: 1,
    most: 600,
    default: 30,
  },
  operationTimeout: {
    kind: "seconds",
    variable: "CAKE_OPERATION_TIMEOUT",
    meaning: "How long one call may take with all its retries. Waiting for its turn does not count.",
    least: 1,
    most: 3600,
    default: 300,
  },
  listLag: {
    kind: "seconds",
    variable: "CAKE_LIST_LAG",
    meaning:
      "How long CAKE's list may take to show a write, and how long to search for a create whose response was lost.",
    least: 0,
    most: 60,
    default: 7,
  },
  maxDeactivations: {
    kind: "integer",
    variable: "CAKE_MAX_DEACTIVATIONS",
    meaning: "Postbacks that one run may deactivate before it stops.",
    least: 1,
    most: 1_000_000,
    default: 25,
  },
  maxChanges: {
    kind: "integer",
    variable: "CAKE_MAX_CHANGES",
    meaning: "Postbacks that one run may change or deactivate before it stops. Creates do not count.",
    least: 1,
    most: 1_000_000,
    default: 100,
  },
  rules: {
    kind: "rules",
    variable: "CAKE_RULES",
    meaning:
      'What this project decides about the rules for URLs, as a JSON object: `severity` of a rule (`{"P12": "off"}`), `macros` that your CAKE instance replaces and no article names, and `own` rules. See docs/rules.md.',
    byDefault: "each rule's own severity",
  },
} as const satisfies Record<string, SettingSchema>;

export type SettingName = keyof typeof settings;
export const SETTING_NAMES = Object.keys(settings) as SettingName[];

/** The value of a setting once it is read. A duration is in milliseconds. */
type ValueOf<Schema extends SettingSchema> = Schema extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Schema["kind"] extends "integer" | "seconds"
    ? number
    : Schema["kind"] extends "flag"
      ? boolean
      : SpecialValues[Schema["kind"] & keyof SpecialValues];

interface SpecialValues {
  /** Host and port in lower case: what a postback's state remembers of its instance. */
  domain: string | undefined;
  key: string | undefined;
  domains: readonly string[];
  paths: Partial<Record<EndpointName, string>>;
  proxy: string | undefined;
  rules: RuleSettings;
}

/** Every setting by its name, durations with the unit in it: `requestTimeoutMs`. */
export type SettingValues = {
  readonly [Name in SettingName as (typeof settings)[Name]["kind"] extends "seconds"
    ? `${Name}Ms`
    : Name]: ValueOf<(typeof settings)[Name]>;
};

/** What a setting sets, with its bounds and unit. */
export function meaningOf(schema: SettingSchema): string {
  return "least" in schema ? `${schema.meaning} ${boundsOf(schema)}.` : schema.meaning;
}

/** `From 1 to 32`, `In seconds, from 1 to 600`. */
function boundsOf({ kind, least, most }: Integer): string {
  return `${kind === "seconds" ? "In seconds, from" : "From"} ${least} to ${most}`;
}

/** What happens without a setting. */
export function defaultOf(schema: SettingSchema): string {
  return "default" in schema ? `\`${schema.default}\`` : schema.byDefault;
}

/** The environment variable that carries the key of an explicit provider: `CAKE_EU_API_KEY` for `new Provider("eu", …)`. */
export function keyVariableOf(providerName: string): `CAKE_${string}_API_KEY` {
  return `CAKE_${providerName.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_API_KEY`;
}
