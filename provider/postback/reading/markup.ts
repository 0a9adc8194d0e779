/** Whether the text is HTML that calls a URL, and not a URL itself. */
export function holdsMarkup(text: string): boolean {
  return text.includes("<") && /<\s*(?:img\b|iframe\b|script\b|a\s|link\s)/i.test(text);
}
