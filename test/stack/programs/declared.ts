import {
  ComponentResource,
  Config,
  type CustomResourceOptions,
  interpolate,
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
const postbacks: Record<string, AffiliatePostback> = {};
const declared = config.requireObject<Record<string, Declared>>("declared");
for (const [key, { args, options, provider, after = [], secretUrl }] of Object.entries(declared)) {
  const [name = key, component] = key.split("/").reverse();
  const { postbackUrl } = args;
  postbacks[key] = new AffiliatePostback(
    name,
    { ...args, postbackUrl: secretUrl ? secret(postbackUrl) : postbackUrl },
    {
      ...options,
      dependsOn: after.flatMap((other) => postbacks[other] ?? []),
      ...(component !== undefined && {
        parent: once(`component ${component}`, () => new ComponentResource("network:Partner", component)),
      }),
      ...(provider !== undefined && {
        provider: once(
          `provider ${provider}`,
          () =>
            new Provider(provider, { domain: cake.require("domain"), apiKey: cake.requireSecret("apiKey") }),
        ),
      }),
    },
  );
}

export const ids = Object.fromEntries(
  Object.entries(postbacks).map(([key, { postbackId }]) => [key, postbackId]),
);
