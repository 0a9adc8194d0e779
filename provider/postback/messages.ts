import { alternatives, message } from "../message";

const NO_URL = "No URL was made, and the program stops here.";

/** What the templates of the trackers say to the program that calls them. */
export const messages = {
  /**
   * A program gives a template an option that the template does not have. To ignore it would leave a parameter out of
   * the postback URL. Use one of the options that the message lists. If the partner wants another parameter, add it
   * with `extra`.
   */
  optionUnknown: (template: string, option: string, known: readonly string[]) =>
    message(
      "tracker-option-unknown",
      `the template trackers.${template} has no option ${JSON.stringify(option)}.`,
      NO_URL,
      `Use ${alternatives(known)}.`,
    ),
  /**
   * A program gives a template a value that the tracker would not accept, or that would break the URL. The message
   * names what the option must be, and the value that it found. A secret is shown as `***`.
   */
  optionInvalid: (template: string, option: string, must: string, found?: string) =>
    message(
      "tracker-option-invalid",
      `the option ${option} of trackers.${template} ${must}${found === undefined ? "" : `, found ${found}`}.`,
      NO_URL,
      "Correct the option in the program.",
    ),
};
