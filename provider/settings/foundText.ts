/** A value that was found, as a message may show it. A string may be secret, so that only digits of one are quoted. */
export function foundText(value: unknown): string {
  if (typeof value === "number" || value === undefined || value === null) return String(value);
  if (typeof value === "string" && /^[-\d.,\s]{0,12}$/.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
