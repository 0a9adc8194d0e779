/** A correction of a URL: what stands from `at` to `end` becomes `text`. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** The URL after all corrections. They do not overlap. */
export function withEdits(url: string, edits: readonly Edit[]): string {
  let [fixed, done] = ["", 0];
  for (const { at, end, text } of [...edits].sort((one, other) => one.at - other.at)) {
    fixed += url.slice(done, at) + text;
    done = end;
  }
  return fixed + url.slice(done);
}
