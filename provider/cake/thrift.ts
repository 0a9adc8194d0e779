/**
 * Decides between reads of some rows and the listing of all pages, where nobody knows how many reads are still to come.
 *
 * Let n be the number of different reads that were needed, and L the number of pages. Knowing n, one would make
 * min(n, L) calls. What is made instead is never more than twice that, whatever comes in whatever order:
 *
 * - The first call is page 1, which tells L. Each need after that costs one call: its own read, or a page that is
 *   taken for the one that holds it. A page may be the wrong one, so that the need is still open afterwards. It is read
 *   only if calls + open needs + 1 <= 2n. A new need adds 1 to the left side and 2 to the right one, a read of its own
 *   closes a need with a call, so calls + open needs <= 2n always holds, and with it calls <= 2n.
 * - When the n-th need makes n = L, the pages not read yet are read, and nothing else ever is. Up to then at most L - 1
 *   needs have had a read of their own, and no page is read twice: calls <= (L - 1) + L < 2L.
 *
 * Where the list is in the order of ids without gaps, the page is the right one: then at most one call is in vain, so
 * calls <= min(n, L) + 1. The one is made for the first need if it comes alone: for n = 1 a page in vain would be one
 * call too many.
 */
export class Thrift {
  private readonly needed = new Set<string>();
  private readonly open = new Set<string>();
  private calls = 0;

  /** Something is needed that no page read so far shows; asked again for the same, it is not a need more. */
  need(key: string): void {
    if (this.needed.has(key)) return;
    this.needed.add(key);
    this.open.add(key);
  }

  /** What was needed is there, or its own read is under way. */
  close(key: string): void {
    this.open.delete(key);
  }

  /** A call is made. */
  count(): void {
    this.calls += 1;
  }

  /** Whether as much was needed as the whole listing costs. */
  isListingDue(pages: number): boolean {
    return this.needed.size >= pages;
  }

  /** Whether a page may be read that may be the wrong one. */
  affordsPage(): boolean {
    return this.calls + this.open.size + 1 <= 2 * this.needed.size;
  }
}
