export function code(text: string): string {
  return `\`${text}\``;
}

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** What stands for a value, such as <id>, is not HTML. */
export function inert(text: string): string {
  return text.replaceAll("<", "\\<");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return withoutLinks(text).replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

/** What a docstring links to, as the name alone. */
export function withoutLinks(text: string): string {
  return text.replace(/\{@link [^}]*?(?:\.(\w+)|(\w+))\}/g, "`$1$2`");
}
