import { PLUGIN_TYPE_TOKEN, TYPE_TOKEN } from "../../../provider/postback/postback";
import type { Door } from "./doors";
import { urnOf, without } from "./postbacks";
import { type Bag, openSecrets } from "./proto";

/** How a door is spoken to. Tests speak as the engine does to the dynamic one. */
export interface Dialect {
  /** What the engine sends of a bag of properties. */
  readonly sent: (bag: Bag) => Bag;
  /** What the dynamic door would have answered. */
  readonly received: (answer: Bag, asked: Bag) => Bag;
  /** The URN that goes with a bag. */
  readonly urn: (bag: Bag) => string;
  /** The settings, and the URN of the provider that has them. */
  readonly settings: (bag: Bag) => { readonly args: Bag; readonly urn: string };
}

// What only the dynamic door has among the properties of a postback.
const OF_DYNAMIC = ["__provider", "__urn", "__origin"];
const KEPT = ["__provider", "__urn"];

export const DIALECTS: Readonly<Record<Door, Dialect>> = {
  dynamic: {
    sent: (bag) => bag,
    received: (answer) => answer,
    urn: () => "",
    settings: (args) => ({ args, urn: "" }),
  },
  plugin: {
    sent: (bag) => without(bag, ...OF_DYNAMIC),
    received: (answer, asked) => ({ ...openSecrets(answer), ...only(asked, KEPT) }),
    urn: (bag) => urnOf(bag.__urn).replace(TYPE_TOKEN, PLUGIN_TYPE_TOKEN),
    settings: ({ "cake:name": name, ...settings }) => ({
      args: Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [key.replace("cake:", ""), value]),
      ),
      urn: providerUrn(typeof name === "string" ? name : "default_0_1_0"),
    }),
  },
};

/** The URN of a provider of the plugin. */
export function providerUrn(name: string): string {
  return `urn:pulumi:dev::shop::pulumi:providers:cake::${name}`;
}

function only(bag: Bag, names: readonly string[]): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => names.includes(name)));
}
