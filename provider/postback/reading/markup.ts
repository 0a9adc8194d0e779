/** Whether the text is HTML that calls a URL, and not a URL itself. */
export function holdsMarkup(text: string): boolean {
  return text.includes("<") && /<\s*(?:img|iframe|script)\b/i.test(text);
}
