/** The shell that a printed command is for. Those of POSIX, and PowerShell of Windows; fish is close enough to sh. */
export type Shell = "sh" | "powershell";

/** The shell that somebody most likely pastes into. On Windows, Git Bash and its like name themselves in SHELL. */
export function ownShell(
  { SHELL }: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): Shell {
  return platform === "win32" && !SHELL ? "powershell" : "sh";
}

/**
 * A command with a variable of the environment that ends with it. PowerShell has none such of its own, so there cmd runs the
 * command, which also works when it is pasted into cmd.
 *
 * @param value Letters, digits and `:,-_<>` only: nothing is quoted.
 */
export function withVariable(variable: string, value: string, command: string, shell = ownShell()): string {
  const assignment = `${variable}=${value}`;
  return shell === "sh" ? `${assignment} ${command}` : `cmd /c "set ${assignment}&& ${command}"`;
}

/** A command that sets a variable for all that follows in this terminal. */
export function setVariable(variable: string, value: string, shell = ownShell()): string {
  const quoted = quoteArgument(value, shell);
  if (shell === "sh") return `export ${variable}=${quoted}`;
  return `$env:${variable} = ${quoted === value ? `'${value}'` : quoted}`;
}

// PowerShell also takes the curly ones for quotes.
const QUOTE = /['‘’‚‛]/;

/**
 * A text as one argument. Where both shells can read one form, it is the same for both. A double quote is none: Windows
 * PowerShell takes it out of the argument of a program, and so no command that we print needs one.
 */
export function quoteArgument(text: string, shell = ownShell()): string {
  if (/^[\w./:=+-]+$/.test(text)) return text;
  if (!QUOTE.test(text)) return `'${text}'`;
  if (!/[$`"“”„\\!]/.test(text)) return `"${text}"`;
  return shell === "sh"
    ? `'${text.replaceAll("'", "'\\''")}'`
    : `'${text.replace(new RegExp(QUOTE, "g"), "$&$&")}'`;
}
