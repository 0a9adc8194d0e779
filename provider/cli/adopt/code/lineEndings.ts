/** The text with plain line ends, where each of its lines ends as on Windows. A mixture stays as it is. */
export function withPlainEnds(text: string): string {
  return endsAsOnWindows(text) ? text.replaceAll("\r\n", "\n") : text;
}

/** The text with the line ends of the one that it takes the place of. */
export function withEndsOf(before: string, text: string): string {
  return endsAsOnWindows(before) ? text.replaceAll("\n", "\r\n") : text;
}

function endsAsOnWindows(text: string): boolean {
  return text.includes("\r\n") && !/(?<!\r)\n/.test(text);
}
