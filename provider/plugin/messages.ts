import { type Message, message } from "../message";
import { quoteArgument } from "../shellCommand";

/** What the plugin says beside what the lifecycle does. */
export const messages = {
  /**
   * The program asked the plugin for a function that this version does not have. The program's SDK and the plugin are of
   * different versions.
   */
  functionUnknown: (token: string, known: readonly string[], version: string) =>
    message(
      "function-unknown",
      `the plugin has no function ${JSON.stringify(token)}.`,
      "Nothing is returned.",
      `It has ${known.join(" and ")}.`,
      `This plugin has version ${version}: use the SDK of that version.`,
    ),
  /**
   * The plugin could not open a port on this machine's loopback address, through which the engine talks to it. A firewall
   * or a sandbox may forbid it.
   */
  cannotListen: (reason: string) =>
    message(
      "plugin-cannot-listen",
      `the plugin cannot listen on 127.0.0.1: ${reason}.`,
      "Nothing was done.",
      "Allow this process to listen on the loopback address.",
    ),
  /**
   * The resource option `import` names a live postback that is not exactly as declared, status and spelling included. The
   * engine would import it and change it in the same run: another partner's postback, if the ID is wrong. Declare the
   * postback as it is, import it, and change it in a later run. With `--skip-preview`, the engine writes the postback into the
   * state before it asks. Then take it out of the state first, which changes nothing in CAKE. What is in the state is the
   * stack's: to correct the ID, or to remove the resource, would deactivate it in CAKE.
   */
  importDiffers: (id: string, fields: readonly string[], urn: string) =>
    message(
      "import-differs",
      `postback ${id} is to be imported, and is not as declared: ${fields.join(", ")}.`,
      "Nothing was changed in CAKE: it may be another partner's.",
      `With --skip-preview, it is in the state all the same. So take it out first: pulumi state delete ${quoteArgument(urn)}`,
      "Then declare it as it is, or correct the ID.",
    ),
  /**
   * Before version 3.154.0, the Pulumi CLI does not say which provider it configures. The plugin could not know whose API key
   * it may use, and could send the key of one CAKE instance to another.
   */
  cliTooOld: () =>
    message(
      "cli-too-old",
      "this Pulumi CLI does not say which provider it configures.",
      "Nothing was sent: the API key of one CAKE instance could reach another.",
      "Install Pulumi CLI 3.154.0 or later.",
    ),
  /**
   * The engine attached to a plugin that was running already, as `PULUMI_DEBUG_PROVIDERS` asks, and gave it the settings of a
   * second provider. One process serves one provider, because each has an instance and a key of its own.
   */
  twoProviders: (names: readonly (string | undefined)[]) =>
    message(
      "two-providers",
      `one process of the plugin is to serve ${names.map((name) => (name === undefined ? "the stack's own provider" : `the provider ${name}`)).join(" and ")}.`,
      "Nothing was sent: the API key of one CAKE instance could reach another.",
      "Run the CLI without PULUMI_DEBUG_PROVIDERS: it then starts a process for each.",
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;
