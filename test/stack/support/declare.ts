import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { AffiliatePostbackArgs } from "pulumi-cake";
import type { ConfigValue } from "./cli";
import type { World } from "./world";

/** A postback as a test declares it. Anything goes, so that what is wrong can be declared, too. */
export interface Declared {
  args: { [Name in keyof AffiliatePostbackArgs]?: unknown } & Record<string, unknown>;
  options?: CustomResourceOptions;
  /** The name of an explicit provider of the stack's own instance, which is declared while a postback uses it. */
  provider?: string;
  /** The keys of postbacks that it depends on. */
  after?: string[];
  secretUrl?: boolean;
}

/** A good postback, with changes. */
export function acme(changes: Declared["args"] = {}, options: CustomResourceOptions = {}): Declared {
  const postbackUrl = "https://tracker.example/postback?cid=#s2#";
  return { args: { affiliateId: 67890, offerId: 12345, postbackUrl, ...changes }, options };
}

/** The setting of `programs/declared.ts`. The key "component/name" puts a postback into a component. */
export function declaration(postbacks: Record<string, Declared>): ConfigValue {
  return { value: JSON.stringify(postbacks) };
}

/** From now on the program declares these postbacks. */
export async function declare({ stack }: World, postbacks: Record<string, Declared>): Promise<void> {
  await stack.setConfig("postbacks:declared", declaration(postbacks));
}
