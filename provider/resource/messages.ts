import { type Message, message } from "../message";
import { EXPECTED_IDS } from "../postback/fields";
import { maskText } from "../postback/secrets";

const NOTHING_REGISTERED = "Nothing was registered.";

/** What a program hears when it declares something that cannot work. */
export const messages = {
  /**
   * The resource option `import` takes the number that CAKE shows for a postback. Anything else, such as a name or a URN,
   * cannot be one.
   */
  importNotAnId: (name: string, found: string) =>
    message(
      "import-not-an-id",
      `the option "import" of ${name} is ${JSON.stringify(maskText(found))}, which is not the ID of a CAKE postback.`,
      NOTHING_REGISTERED,
      "Use the number that CAKE shows, such as 8801.",
    ),
  /**
   * `import` adopts a postback that must be exactly as declared. `adopt` also sets its status and the spelling of its URL.
   * They cannot both hold, so give the resource only one of them.
   */
  importAndAdopt: (name: string) =>
    message(
      "import-and-adopt",
      `the resource ${name} has both the option "import" and the argument "adopt".`,
      NOTHING_REGISTERED,
      "Remove one of them.",
    ),
  /**
   * A lookup that returns a promise needs the settings of its provider when it is called. In a preview they may depend on
   * a resource that does not exist yet. The lookup whose name ends with `Output` waits for them.
   */
  providerUnknown: () =>
    message(
      "lookup-provider-unknown",
      "the settings of the lookup's provider are unknown in this preview.",
      "Nothing is returned.",
      "Use the lookup whose name ends with Output: it waits for them.",
    ),
  /**
   * A lookup was given a provider of another package. If it fell back to the stack's own CAKE instance, it would answer
   * about the wrong one. Give it a `Provider` that is imported from `pulumi-cake`.
   */
  otherProvider: () =>
    message(
      "lookup-other-provider",
      "the provider of the lookup is not a Provider of pulumi-cake.",
      "Nothing is returned.",
      "Pass a Provider that is imported from pulumi-cake, or none for the stack's instance.",
    ),
  /**
   * `PartnerPostbacks` names each postback after its offer, so it needs the offer IDs when the program runs. An output of
   * another resource, or a string, does not work. Convert strings with `Number(…)`.
   */
  offerInvalid: (name: string, key: string, found: string) =>
    message(
      "offer-invalid",
      `in ${name}, offers[${key}] must be ${EXPECTED_IDS.offerId}, found ${found}.`,
      NOTHING_REGISTERED,
      "Use a number that is known when the program runs: the postback is named after it.",
    ),
  /**
   * `PartnerPostbacks` has the same offer twice. Two equal postbacks would report each conversion twice, and they would
   * have the same resource name.
   */
  offerTwice: (name: string, key: string, offerId: number) =>
    message(
      "offer-twice",
      `in ${name}, offers[${key}] is the offer ${offerId}, which is already in the list.`,
      "The partner would count each conversion twice.",
      "Name each offer once.",
    ),
  /**
   * The environment variable of a provider's API key is made from its name. Every character that is not a letter or a
   * digit becomes `_`. Two names lead to the same variable, for example `eu-1` and `eu_1`.
   */
  keyVariableTwice: (one: string, other: string, variable: string) =>
    message(
      "key-variable-twice",
      `the providers "${one}" and "${other}" would both take their API key from ${variable}.`,
      "A key could reach the wrong CAKE instance.",
      "Rename one of them.",
    ),
  /**
   * Pulumi runs create, update and delete in a process of its own, which loads `pulumi-cake` from the directory of
   * `Pulumi.yaml`. A package that only came along with another one is not found there. In a workspace, run Pulumi in the
   * folder that depends on it, or set `CAKE_HOST_FROM` to that folder.
   */
  packageNotFound: (directory: string) =>
    message(
      "package-not-found",
      `the package pulumi-cake cannot be found from ${directory}, where Pulumi's provider process searches for it.`,
      NOTHING_REGISTERED,
      'Make it a direct dependency: run "npm install pulumi-cake" (or pnpm, yarn) in the directory of Pulumi.yaml.',
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;
