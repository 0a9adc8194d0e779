import * as pulumi from "@pulumi/pulumi";
import { CodedError } from "../message";
import type { RuleSettings } from "../postback/rules/rule";
import { messages as settingsMessages } from "../settings/messages";
import { keyVariableOf, SETTING_NAMES, type SettingName, settings } from "../settings/settings";
import { messages } from "./messages";

/** The arguments of a {@link Provider}: the package's settings, see `cake:<name>` in the docs of each. */
export interface ProviderArgs {
  /**
   * Your CAKE instance: a host (`yourdomain.cakemarketing.com`, or a domain of your own) or a URL. `http://`
   * only for loopback unless `allowInsecureHttp` is set.
   */
  domain: pulumi.Input<string>;
  /**
   * The API key; made secret if it is not. The environment variable `CAKE_<NAME>_API_KEY` wins over it, with
   * the provider's name in upper case and `_` for every other character. A new key updates the provider
   * only.
   */
  apiKey?: pulumi.Input<string> | undefined;
  /**
   * `all` uses the documented and the assumed endpoints, `without-list` all but the list, for an instance
   * that has none: creates and updates then go out unchecked. `documented` uses only those that a CAKE
   * article names: changes become a work list. @default "all"
   */
  endpoints?: pulumi.Input<"all" | "without-list" | "documented"> | undefined;
  /**
   * Own absolute paths of assumed endpoints, e.g. `list=api/2/postbacks.json` with commas between several, or as a
   * JSON object. Never a host. @default the paths of the endpoint table
   */
  paths?: pulumi.Input<{ list?: pulumi.Input<string>; update?: pulumi.Input<string> }> | undefined;
  /**
   * Postbacks to ask for in one call of the list. CAKE's articles allow 500; `pulumi-cake doctor` measures
   * whether your instance gives more. From 1 to 10000. @default 500
   */
  pageSize?: pulumi.Input<number> | undefined;
  /**
   * Previous hosts of this instance, comma-separated or as a JSON list. @default none
   */
  formerDomains?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * The HTTP(S) proxy to reach CAKE through, as a URL. CAKE's allow-list needs a fixed address. @default
   * what `HTTPS_PROXY` and `NO_PROXY` say
   */
  proxy?: pulumi.Input<string> | undefined;
  /**
   * `true` allows an `http://` domain that is not loopback. The key then travels in clear text. @default
   * false
   */
  allowInsecureHttp?: pulumi.Input<boolean> | undefined;
  /**
   * Calls to CAKE in flight at once. From 1 to 32. @default 8
   */
  concurrency?: pulumi.Input<number> | undefined;
  /**
   * Calls to CAKE in one second on average. Bursts of up to two seconds' worth are allowed. When CAKE asks
   * to slow down, a run goes slower by itself, and faster again as CAKE answers. Waiting for a turn never
   * makes an operation fail. From 1 to 1000. @default 100
   */
  callsPerSecond?: pulumi.Input<number> | undefined;
  /**
   * How long one attempt of a call may take. In seconds, from 1 to 600. @default 30
   */
  requestTimeout?: pulumi.Input<number> | undefined;
  /**
   * How long one call may take with all its retries. Waiting for its turn does not count. In seconds, from 1
   * to 3600. @default 300
   */
  operationTimeout?: pulumi.Input<number> | undefined;
  /**
   * How long CAKE's list may take to show a write, and how long to search for a create whose response was
   * lost. In seconds, from 0 to 60. @default 7
   */
  listLag?: pulumi.Input<number> | undefined;
  /**
   * Postbacks that one run may deactivate before it stops. From 1 to 1000000. @default 25
   */
  maxDeactivations?: pulumi.Input<number> | undefined;
  /**
   * Postbacks that one run may change or deactivate before it stops. Creates do not count. From 1 to
   * 1000000. @default 100
   */
  maxChanges?: pulumi.Input<number> | undefined;
  /**
   * What this project decides about the rules for URLs, as a JSON object: `severity` of a rule (`{"P12":
   * "off"}`), `macros` that your CAKE instance replaces and no article names, and `own` rules. See docs/rules.md.
   * @default each rule's own severity
   */
  rules?: pulumi.Input<Partial<RuleSettings>> | undefined;
}

/**
 * A CAKE instance beside the stack's own: give it to resources as `{ provider }`. It has a process, a key and
 * settings of its own, and inherits the stack's other `cake:` settings, but never its key and its former
 * domains. Name each provider of a program differently, also under different parents: the name decides on the
 * variable of the key.
 *
 * ```ts
 * const eu = new Provider("eu", { domain: "eu.example.com", apiKey: config.requireSecret("euApiKey") });
 * new AffiliatePostback("acme-eu", { … }, { provider: eu });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  // Two names with one variable would hand the key of one instance to the other. Programs that run in one process, as
  // with the Automation API, do not know each other.
  private static readonly namesOfProgram = new WeakMap<object, Map<string, string>>();

  /** @internal What this provider's resources are judged by, as the JSON text of `cake:rules`. */
  readonly rules: pulumi.Output<string | undefined>;

  readonly #settings: pulumi.Inputs;

  /**
   * @param name The provider's name; it also names the variable of its key: `CAKE_EU_API_KEY` for `eu`.
   * @throws If another provider's name leads to the same variable, or an argument does not exist.
   */
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    Provider.claimVariable(name);
    refuseUnknown(name, args);
    const inputs = inputsOf(args);
    super("pulumi-nodejs", name, { ...inputs, "cake:name": name }, opts);
    this.rules = pulumi.output(inputs["cake:rules"]);
    this.#settings = { ...inputs, "cake:name": name };
  }

  /** @internal What a lookup through this provider needs, the key included: so it is no property that anything copies. */
  get settings(): pulumi.Inputs {
    return this.#settings;
  }

  private static claimVariable(name: string): void {
    const variable = keyVariableOf(name);
    const program = pulumi.runtime.getStackResource() ?? Provider;
    const names = Provider.namesOfProgram.get(program) ?? new Map<string, string>();
    Provider.namesOfProgram.set(program, names);
    const other = names.get(variable) ?? name;
    if (other !== name) throw new CodedError(messages.keyVariableTwice(other, name, variable));
    names.set(variable, name);
  }
}

function inputsOf(args: ProviderArgs): pulumi.Inputs {
  const stack = new pulumi.Config("cake");
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [`cake:${name}`, inputOf(name, args[name], stack)]).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

function inputOf(name: SettingName, given: unknown, stack: pulumi.Config): pulumi.Input<string> | undefined {
  if (given === undefined) return inherited(name, stack);
  const text = pulumi
    .output(given)
    .apply((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return "secret" in settings[name] ? pulumi.secret(text) : text;
}

// Everything but what belongs to one instance. A proxy may hold a password, so it stays secret.
function inherited(name: SettingName, stack: pulumi.Config): pulumi.Input<string> | undefined {
  if ("ofInstance" in settings[name]) return undefined;
  return "secret" in settings[name] ? stack.getSecret(name) : stack.get(name);
}

function refuseUnknown(name: string, args: ProviderArgs): void {
  const unknown = Object.keys(args).filter((key) => !SETTING_NAMES.some((setting) => setting === key));
  if (unknown.length > 0)
    throw new CodedError(settingsMessages.providerArgumentUnknown(name, unknown, SETTING_NAMES));
}
