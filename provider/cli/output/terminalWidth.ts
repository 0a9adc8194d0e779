/** How wide standard output is: 80 columns on a terminal that does not say, and without a limit where it is none. */
export function terminalWidth({ isTTY, columns } = process.stdout as Partial<typeof process.stdout>): number {
  if (!isTTY) return Number.POSITIVE_INFINITY;
  return columns || 80;
}
