import * as pulumi from "@pulumi/pulumi";
import { CodedError } from "../message";
import type { FieldName } from "../postback/fields";
import type { ClickIdSlot } from "../postback/macros";
import {
  identityOf,
  PLUGIN_TYPE_TOKEN,
  type PostbackDeclaration,
  type PostbackStatus,
  type PostbackTypeId,
  postbackIdOf,
  TYPE_TOKEN,
} from "../postback/postback";
import { partsIfUrl, type UrlParts } from "../postback/url";
import { type RuleSource, reportFindings, secretWhereRequired } from "./findings";
import { messages } from "./messages";
import { leaveOutPromiseTraces } from "./promiseTraces";
import { Provider } from "./provider";
import { requireResolvableHost, SHELL } from "./shell";
import { orEnvironment, stackSetting } from "./stackSetting";

/** The arguments of an {@link AffiliatePostback}. */
export interface AffiliatePostbackArgs {
  /**
   * The affiliate (partner) whose conversions are reported, by its ID in CAKE: an integer from 1 on. A change replaces
   * the postback: the new one is created first, then the old one is deactivated. Source: CAKE article 13000118735.
   */
  affiliateId: pulumi.Input<PostbackDeclaration["affiliateId"]>;
  /**
   * The offer whose conversions are reported, by its ID in CAKE, or 0 for all offers. 0 may require the CAKE setting
   * "Global Pixels". A change replaces the postback, as with `affiliateId`. Source: CAKE article 13000118735.
   */
  offerId: pulumi.Input<PostbackDeclaration["offerId"]>;
  /**
   * The URL that CAKE calls for each conversion, with CAKE's macros (`#s2#`, `#price#`, …) for the values. An absolute
   * http or https URL, stored and sent byte for byte as written. If it is secret, so is `urlParts`. A change updates the
   * postback in place, through an endpoint that CAKE does not document. Source: CAKE article 13000118735.
   */
  postbackUrl: pulumi.Input<PostbackDeclaration["postbackUrl"]>;
  /**
   * Whether CAKE calls the URL. A change updates the postback in place, as with `postbackUrl`.
   * Source: CAKE article 13000118735.
   *
   * @default "active"
   */
  postbackStatus?: pulumi.Input<PostbackStatus> | undefined;
  /**
   * How the conversion is reported: 1 server-to-server, 2 iFrame, 3 image, 4 JavaScript. A change replaces the
   * postback; the old one is deactivated first, because both would fire. Source: CAKE article 13000118735.
   *
   * @default 1
   */
  postbackTypeId?: pulumi.Input<PostbackTypeId> | undefined;
  /**
   * Adopt the live postback with this ID instead of creating one. It must have the declared affiliate, offer, type and
   * URL, otherwise the create fails and changes nothing. A different status or spelling of the URL is set as declared.
   * Types 2 to 4 are not compared, because no article names them. Used when the resource is created and ignored
   * afterwards, so it may stay in the program.
   */
  adopt?: pulumi.Input<{ postbackId: pulumi.Input<number> }> | undefined;
  /**
   * Rules to suppress: the reason of each by the rule's ID, such as "no TLS until March, agreed with Ann" for `P12`. The
   * reason is kept in the state and shown in every review. A change updates the state and nothing in CAKE.
   *
   * @default no rule: an error stops a new or changed URL, and a warning is shown
   */
  suppress?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * The sub ID that carries the partner's click ID, as agreed for the offer links. A rule then finds a URL that sends
   * another one. A change updates the state and nothing in CAKE.
   *
   * @default unknown: the rules judge by the names of the parameters
   */
  clickIdSlot?: pulumi.Input<ClickIdSlot> | undefined;
  /**
   * The last day, such as `2026-12-31`, on which a second tracker may be called for the same affiliate and offer. A
   * switch of trackers needs that time, because clicks of the old one still convert. A change updates the state and
   * nothing in CAKE.
   *
   * @default two trackers for one affiliate and offer cause a warning
   */
  overlapUntil?: pulumi.Input<string> | undefined;
}

/**
 * A postback URL that CAKE calls when a conversion of an affiliate happens.
 *
 * CAKE cannot delete a postback: one that is no longer declared is deactivated (`inactive`). CAKE documents how to
 * create a postback. The list, which every refresh and write reads, and the update are assumed from sibling endpoints:
 * see `cake:endpoints`.
 *
 * @example
 * ```ts
 * new AffiliatePostback("acme-summer", {
 *   affiliateId: 67890,
 *   offerId: 12345,
 *   postbackUrl: "https://tracker.acme.example/postback?cid=#s2#&payout=#price#",
 * });
 * ```
 */
export class AffiliatePostback extends pulumi.CustomResource {
  /** @internal By this, policy packs and tools recognize this class among dynamic resources. */
  static readonly __pulumiType = TYPE_TOKEN;

  /** The affiliate, as declared or as read from CAKE. */
  declare readonly affiliateId: pulumi.Output<number>;
  /** The offer, 0 for all offers. */
  declare readonly offerId: pulumi.Output<number>;
  /** The URL that CAKE calls, byte for byte. */
  declare readonly postbackUrl: pulumi.Output<string>;
  /** `active` or `inactive`, or another status that CAKE answers, as it is. */
  declare readonly postbackStatus: pulumi.Output<string>;
  /**
   * 1 server-to-server, 2 iFrame, 3 image, 4 JavaScript. Missing on a postback that was only read, if no article names
   * its type.
   */
  declare readonly postbackTypeId: pulumi.Output<PostbackTypeId | undefined>;
  /** CAKE's ID of the postback. The resource's `id` is the same as a string. */
  declare readonly postbackId: pulumi.Output<number>;
  /** CAKE's name of the type. `"Server"` (type 1) is the only one that an article names. */
  declare readonly postbackType: pulumi.Output<string>;
  /** Host and port of the CAKE instance that the postback lives on. */
  declare readonly domain: pulumi.Output<string>;
  /** Host, path and parameters of the URL, so that a preview shows which of them changes. */
  declare readonly urlParts: pulumi.Output<UrlParts>;

  /**
   * Declares a postback.
   *
   * @param name The resource's name in the stack. To rename it, use `aliases`.
   * @param args What CAKE is to call, for whom.
   * @param opts Pulumi's resource options; `provider` takes a `Provider` of this package. `import` takes CAKE's ID
   * of a live postback, which must be exactly as declared, its status and spelling included; it is read by `up`, and not
   * by a preview. `replaceOnChanges` has no use: URL and status are always updated in place.
   * @throws If `import` is not an ID, or is given together with `adopt`. If this package cannot be found from the working
   * directory, where Pulumi's provider process searches for it.
   */
  constructor(name: string, args: AffiliatePostbackArgs, opts: pulumi.CustomResourceOptions = {}) {
    requireResolvableHost();
    const { import: imported, ...others } = opts;
    const rules = rulesFor(others);
    const inputs = {
      ...OUTPUTS_ONLY,
      // An argument without a row in the table of fields does not compile here.
      ...(args satisfies Record<Exclude<keyof AffiliatePostbackArgs, FieldName>, never>),
      ...derivedInputs(name, args, others, rules),
      ...adoption(name, args, imported),
    };
    const restore = leaveOutPromiseTraces();
    try {
      super(TYPE_TOKEN, name, inputs, knownToPlugin(mirrorSecrecy(others)));
    } finally {
      restore();
    }
    // A transform may have changed the arguments, so the rules evaluate what was registered.
    if (others.id === undefined) reportFindings(this, this, args, rules);
  }

  /**
   * Reads a postback that this stack does not manage. Its URL and parts are secret, because the URL may contain a
   * partner's token. `additionalSecretOutputs: []` makes them plain.
   *
   * @param id CAKE's ID of the postback.
   * @throws At preview or up, if CAKE does not show the postback, or its list cannot be read.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): AffiliatePostback {
    const secrecy = { additionalSecretOutputs: ["postbackUrl"] };
    return new AffiliatePostback(name, {} as AffiliatePostbackArgs, { ...secrecy, ...opts, id });
  }
}

// An output appears on the resource only if its key was among the inputs.
const OUTPUTS_ONLY = {
  affiliateId: undefined,
  offerId: undefined,
  postbackUrl: undefined,
  postbackStatus: undefined,
  postbackTypeId: undefined,
  postbackId: undefined,
  postbackType: undefined,
  domain: undefined,
};

function derivedInputs(
  name: string,
  args: AffiliatePostbackArgs,
  { id, parent }: pulumi.CustomResourceOptions,
  { rules }: RuleSource,
): pulumi.Inputs {
  const postbackUrl = id === undefined ? secretWhereRequired(args, rules) : args.postbackUrl;
  return {
    __provider: SHELL,
    // A promise and not an output, because an output that depends on the parent would wait for its own resource.
    __urn: new Promise<string>((resolve) => {
      pulumi.createUrn(name, TYPE_TOKEN, parent).apply((urn) => resolve(identityOf(urn)));
    }),
    postbackUrl,
    // Made from the URL's Output, so that it is secret or unknown exactly when the URL is.
    urlParts: pulumi.output(postbackUrl).apply(partsIfUrl),
  };
}

// An explicit provider may decide otherwise than the stack.
function rulesFor({ provider, parent }: pulumi.CustomResourceOptions): RuleSource {
  const used = provider ?? parent?.getProvider(TYPE_TOKEN);
  if (!(used instanceof Provider)) return { rules: stackSetting("rules"), domain: stackSetting("domain") };
  const rules = used.rules.apply((given) => orEnvironment("rules", given));
  return { rules, domain: used.settings["cake:domain"] };
}

// The engine does not let an import reach a dynamic provider, so it becomes an adoption that is as strict.
function adoption(
  name: string,
  { adopt }: AffiliatePostbackArgs,
  imported: string | undefined,
): pulumi.Inputs {
  if (imported === undefined) return {};
  const postbackId = postbackIdOf(imported);
  if (postbackId === undefined) throw new CodedError(messages.importNotAnId(name, imported));
  if (adopt !== undefined) throw new CodedError(messages.importAndAdopt(name));
  return { adopt: { postbackId, exactly: true } };
}

// A stack whose programs declared its postbacks through the plugin keeps them, as the plugin's schema keeps ours.
function knownToPlugin(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return { ...opts, aliases: [...(opts.aliases ?? []), { type: PLUGIN_TYPE_TOKEN }] };
}

// If the URL is secret, its parts are secret, too.
function mirrorSecrecy(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const secret = opts.additionalSecretOutputs ?? [];
  return secret.includes("postbackUrl")
    ? { ...opts, additionalSecretOutputs: [...secret, "urlParts"] }
    : opts;
}
