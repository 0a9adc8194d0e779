import type { Option } from "commander";
import { describe, expect, it } from "vitest";
import { COMMANDS, commandLine } from "../../../provider/cli/commands";
import { type DocumentedCommand, documentedCommands, withoutOption } from "../../docs/commandLine";
import { unwantedWords } from "../../docs/words";

const WIDTH = 80;
/** What says as much as a default: that it belongs to another option, or replaces others. */
const BELONGS_TO_OTHERS = /; needs --\w+$|\(replaces [\w ]+\)$/;

describe("the help of a command", async () => {
  const commands = await documentedCommands();
  const named = commands.map((one): [string, DocumentedCommand] => [one.command.name(), one]);
  const options = commands.flatMap(({ command }) =>
    command.options.map((option): [string, Option] => [`${command.name()} ${option.long}`, option]),
  );

  it.each(named)("begins with its three most frequent uses: %s", (name, one) => {
    const { help } = one;
    expect(help.uses).toHaveLength(3);
    const text = helpOf(one);
    const positions = help.uses.map(({ for: purpose, command }) => text.indexOf(`${purpose}:\n  ${command}`));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions[0]).toBeGreaterThan(0);
    expect(positions[2]).toBeLessThan(text.indexOf("\nOptions:"));
    for (const { command } of help.uses) expect(command).toContain(`npx --no -- pulumi-cake ${name}`);
  });

  it.each(named)("ends with its exit codes: %s", (_, one) => {
    const [, codes = ""] = helpOf(one).split("\nExit codes:\n");
    for (const code of Object.keys(one.help.exitCodes)) expect(codes).toMatch(new RegExp(`^ *${code} `, "m"));
  });

  it.each(named)("fits into 80 columns, but for commands to paste: %s", (_, one) => {
    const pasted = one.help.uses.map(({ command }) => `  ${command}`);
    const long = helpOf(one)
      .split("\n")
      .filter((line) => [...line].length > WIDTH && !pasted.includes(line));
    expect(long).toEqual([]);
  });

  it.each(named)("uses the words of the project: %s", (_, one) => {
    expect(unwantedWords(helpOf(one))).toEqual([]);
  });

  it.each(options)("says what happens without an option that takes a value: %s", (_, option) => {
    const takesValue = option.required || option.optional;
    if (takesValue && !BELONGS_TO_OTHERS.test(option.description)) expect(withoutOption(option)).not.toBe("");
  });

  it("of pulumi-cake itself fits into 80 columns and uses the words of the project", async () => {
    const program = await commandLine(Object.keys(COMMANDS));
    program.configureHelp({ helpWidth: WIDTH });
    const text = program.helpInformation();
    expect(text.split("\n").filter((line) => [...line].length > WIDTH)).toEqual([]);
    expect(unwantedWords(text)).toEqual([]);
  });
});

/** What a terminal of 80 columns shows. */
function helpOf({ command }: DocumentedCommand): string {
  let text = "";
  command.configureOutput({
    getOutHelpWidth: () => WIDTH,
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}
