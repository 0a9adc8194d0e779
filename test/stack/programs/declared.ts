import { Config, type CustomResourceOptions } from "@pulumi/pulumi";
import { AffiliatePostback, type AffiliatePostbackArgs } from "pulumi-cake";

interface Declared {
  args: AffiliatePostbackArgs;
  options?: CustomResourceOptions;
}

// Declares what the test has put into the setting, by name.
const declared = new Config().requireObject<Record<string, Declared>>("declared");
const postbacks = Object.entries(declared).map(([name, { args, options }]): [string, AffiliatePostback] => [
  name,
  new AffiliatePostback(name, args, options),
]);

export const ids = Object.fromEntries(postbacks.map(([name, { postbackId }]) => [name, postbackId]));
