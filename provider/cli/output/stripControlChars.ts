/** What a terminal or an editor obeys: control and formatting characters, and what ends a line. */
export const OBEYED = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Between which two characters a log of a CI becomes a command: the runner of GitHub Actions takes `##[command]` (and that
 * of Azure Pipelines `##vso[command]`) anywhere in a line, and `::command::` behind blanks at its beginning. Its own
 * commands are taken apart wherever they stand, because nobody knows what a text is put behind. Source: actions/runner,
 * src/Runner.Common/ActionCommand.cs.
 */
export const RUNNER_COMMAND = new RegExp(
  `(?<=##)(?=[a-z]*\\[)|(?<=^\\s*:)(?=:)|(?<=:)(?=:(?:${[
    "add-(?:mask|matcher|path)|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-env|set-output",
    "stop-commands|warning",
  ].join("|")})\\b)`,
  "gi",
);

/**
 * A text from outside, made harmless for a terminal, a table or a log: without characters with which a partner's URL could
 * move the cursor, color lines or hide what it says, and with the commands of CI runners taken apart.
 */
export function stripControlChars(text: string): string {
  return text.replace(OBEYED, "\uFFFD").replace(RUNNER_COMMAND, "\uFFFD");
}
