import {
  ComponentResource,
  Config,
  CustomResource,
  type CustomResourceOptions,
  interpolate,
  mergeOptions,
  type Output,
  ProviderResource,
  runtime,
  secret,
} from "@pulumi/pulumi";
import { AffiliatePostback, type AffiliatePostbackArgs, Provider } from "pulumi-cake";

interface Declared {
  args: AffiliatePostbackArgs;
  options?: CustomResourceOptions;
  /** The name of an explicit provider. It is declared while a postback uses it. */
  provider?: string;
  /** Other postbacks, by key. */
  after?: string[];
  secretUrl?: boolean;
}

const config = new Config();
const cake = new Config("cake");

// What the SDK that Pulumi generates from the plugin's schema registers, the schema's alias included.
class PostbackOfPlugin extends CustomResource {
  declare readonly postbackId: Output<number>;

  constructor(name: string, args: AffiliatePostbackArgs, options: CustomResourceOptions) {
    const aliases = [{ type: "pulumi-nodejs:dynamic/cake:AffiliatePostback" }];
    const outputs = {
      postbackId: undefined,
      postbackType: undefined,
      domain: undefined,
      urlParts: undefined,
    };
    super("cake:index:AffiliatePostback", name, { ...outputs, ...args }, mergeOptions({ aliases }, options));
  }
}

class ProviderOfPlugin extends ProviderResource {}

const isPlugin = config.get("door") === "plugin";
const Postback = isPlugin ? PostbackOfPlugin : AffiliatePostback;

function providerNamed(name: string): ProviderResource {
  const settings = { domain: cake.require("domain"), apiKey: cake.requireSecret("apiKey") };
  return isPlugin ? new ProviderOfPlugin("cake", name, settings) : new Provider(name, settings);
}

// A stack transform, as a company's base program has one.
const appended = config.get("appended");
if (appended !== undefined)
  runtime.registerStackTransformation(({ type, props, opts }) =>
    type.endsWith(":AffiliatePostback")
      ? { props: { ...props, postbackUrl: interpolate`${props.postbackUrl}${appended}` }, opts }
      : undefined,
  );

const shared: Record<string, unknown> = {};
const once = <T>(name: string, make: () => T): T => {
  shared[name] ??= make();
  return shared[name] as T;
};

// Declares what the test has put into the setting. The key of a postback in a component is "component/name".
const postbacks: Record<string, AffiliatePostback | PostbackOfPlugin> = {};
const declared = config.requireObject<Record<string, Declared>>("declared");
for (const [key, { args, options, provider, after = [], secretUrl }] of Object.entries(declared)) {
  const [name = key, component] = key.split("/").reverse();
  const { postbackUrl } = args;
  postbacks[key] = new Postback(
    name,
    { ...args, postbackUrl: secretUrl ? secret(postbackUrl) : postbackUrl },
    {
      ...options,
      dependsOn: after.flatMap((other) => postbacks[other] ?? []),
      ...(component !== undefined && {
        parent: once(`component ${component}`, () => new ComponentResource("network:Partner", component)),
      }),
      ...(provider !== undefined && {
        provider: once(`provider ${provider}`, () => providerNamed(provider)),
      }),
    },
  );
}

export const ids = Object.fromEntries(
  Object.entries(postbacks).map(([key, { postbackId }]) => [key, postbackId]),
);
