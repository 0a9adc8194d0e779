/**
 * How many characters all patterns and searches look at while something runs: a count of work that is the same on every
 * machine. A pattern that looks at one character several times counts it once for each match that it begins with.
 */
export function patternWork(run: () => unknown): number {
  let work = 0;
  const { exec } = RegExp.prototype;
  const { indexOf } = String.prototype;
  const { filter } = Array.prototype;
  RegExp.prototype.exec = function counted(text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    // A sticky one, as split makes it of any pattern, looks at one place only.
    const unmatched = this.sticky ? 1 : text.length - from;
    work += match === null ? unmatched : match.index + match[0].length - from;
    return match;
  };
  String.prototype.indexOf = function counted(this: string, sought, from = 0) {
    const at = indexOf.call(this, sought, from);
    work += (at === -1 ? this.length : at) - from;
    return at;
  };
  Array.prototype.filter = function counted(this: unknown[], ...args: Parameters<typeof filter>) {
    work += this.length;
    return filter.apply(this, args);
  } as typeof filter;
  try {
    run();
  } finally {
    Object.assign(RegExp.prototype, { exec });
    Object.assign(String.prototype, { indexOf });
    Object.assign(Array.prototype, { filter });
  }
  return work;
}
