import type { CutUrl } from "./cut";

/** A way to break a URL. */
export interface Way {
  /** What somebody does to the URL: `drop the question mark`. */
  readonly name: string;
  /** The URLs that it makes of a good one, at every place where it can be done. */
  readonly broken: (good: CutUrl) => readonly string[];
  /** Why nobody could see it in the URL alone, if that is so. */
  readonly unseen?: string;
}
