/**
 * How Windows PowerShell 5.1 reads a line that starts programs: a small model, because no PowerShell runs where this was
 * written. It follows about_Parsing, about_Quoting_Rules, about_Redirection and about_Aliases on learn.microsoft.com, and is
 * strict: what it does not know, it refuses.
 */

/** A program with its arguments, as PowerShell hands them over. */
export type Call = readonly string[];

// What a machine with Node, Git and Pulumi has, and PowerShell's own words for what sh has, too.
const PROGRAMS = [
  "cat",
  "cd",
  "cmd",
  "cp",
  "echo",
  "git",
  "jq",
  "mkdir",
  "node",
  "npm",
  "npx",
  "pulumi",
  "rm",
];

/** The programs of a line, between which a pipe or a semicolon stands. Throws what PowerShell would not read as meant. */
export function readPowerShell(line: string): Call[] {
  const calls: string[][] = [[]];
  let rest = line.trim();
  while (rest !== "") {
    const { length, argument, isEnd } = next(rest);
    rest = rest.slice(length);
    if (isEnd) calls.push([]);
    else if (argument !== undefined) calls.at(-1)?.push(argument);
  }
  const started = calls.filter((call) => call.length > 0);
  for (const [program = ""] of started)
    if (!PROGRAMS.includes(program) && !/^\$env:\w+$/.test(program))
      throw new Error(`"${program}" is not a program`);
  return started;
}

interface Token {
  readonly length: number;
  readonly argument?: string;
  readonly isEnd?: boolean;
}

function next(text: string): Token {
  const blanks = /^\s+/.exec(text)?.[0].length ?? 0;
  if (blanks > 0) return { length: blanks };
  if (text.startsWith("#")) return { length: text.length };
  if (/^(?:&&|\|\|)/.test(text)) throw new Error("&& and || are unknown before PowerShell 7");
  if (/^[|;]/.test(text)) return { length: 1, isEnd: true };
  const redirection = /^>{1,2}\s*/.exec(text)?.[0];
  if (redirection !== undefined)
    return { length: redirection.length + word(text.slice(redirection.length)).length };
  const { argument, length } = word(text);
  return { argument, length };
}

// An argument: parts in quotes and parts without, side by side.
function word(text: string): { readonly argument: string; readonly length: number } {
  let [argument, length] = ["", 0];
  const variable = /^\$env:\w+(?= = )/.exec(text)?.[0];
  if (variable !== undefined) return { argument: variable, length: variable.length };
  for (;;) {
    const rest = text.slice(length);
    const literal = /^['‘’‚‛]((?:[^'‘’‚‛]|(['‘’‚‛])\2)*)['‘’‚‛]/.exec(rest);
    // Both have a variable for the working directory.
    const expandable = /^["“”„]((?:[^"“”„`$]|\$PWD\b)*)["“”„]/.exec(rest);
    // A placeholder is replaced before the line is pasted. An "@" begins something only where an argument does.
    const plain = (length === 0 ? /^(?:<[\w -]+>|[\w./:=\\+%*~-])/ : /^(?:<[\w -]+>|[\w./:=\\+%*~@#-])/).exec(
      rest,
    );
    const found = literal ?? expandable ?? plain;
    if (found === null) {
      if (rest === "" || /^[\s|;]/.test(rest)) return { argument, length };
      throw new Error(`${JSON.stringify(rest[0])} means something else in ${JSON.stringify(text)}`);
    }
    const part = literal?.[1]?.replace(/(['‘’‚‛])\1/g, "$1") ?? expandable?.[1] ?? found[0];
    if (part.includes('"')) throw new Error("a double quote is lost on the way to a program");
    argument += part;
    length += found[0].length;
  }
}
