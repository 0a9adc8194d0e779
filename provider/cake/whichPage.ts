/** The ids at the two ends of a page, and whether they rise (1) or fall (-1) from row to row; 0 where they do neither. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly order: -1 | 0 | 1;
}

export function spanOf(ids: readonly number[]): Span | undefined {
  const first = ids[0];
  const last = ids.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const order = last < first ? -1 : 1;
  const isInOrder = ids.every((id, index) => index === 0 || (id - (ids[index - 1] ?? id)) * order > 0);
  return { first, last, order: isInOrder ? order : 0 };
}

/** A page that was read: ids that fall are counted as negative ones that rise. */
interface Place {
  readonly page: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The page that should hold an id, in a list that looks as if it were in the order of ids; undefined where it does not,
 * and where a page that was read would hold it. Right where ids have no gaps, near where the gaps are even, and anything
 * elsewhere: whoever asks must be able to afford a page in vain.
 *
 * @param spans The pages that were read, by their number, the first page among them.
 * @param pages How many there are.
 */
export function pageHolding(id: number, spans: ReadonlyMap<number, Span>, pages: number): number | undefined {
  const order = spans.get(0)?.order ?? 0;
  const places = placesOf(spans, order);
  if (places === undefined) return undefined;
  const wanted = id * order;
  const before = places.filter(({ high }) => high < wanted).at(-1);
  const after = places.find(({ high }) => high >= wanted);
  if (before === undefined || (after !== undefined && after.low <= wanted)) return undefined;
  const least = before.page + 1;
  const most = (after?.page ?? pages) - 1;
  if (least > most) return undefined;
  const idsOfPage = after
    ? (after.low - before.high - 1) / (most - least + 1)
    : (before.high - (places[0] ?? before).low + 1) / least;
  const guess = least + Math.floor((wanted - before.high - 1) / idsOfPage);
  return Math.min(guess, most);
}

/** The pages in their order; undefined where they are in no order of ids. */
function placesOf(spans: ReadonlyMap<number, Span>, order: number): Place[] | undefined {
  const places: Place[] = [];
  for (const [page, span] of [...spans].sort(([one], [other]) => one - other)) {
    const place = { page, low: span.first * order, high: span.last * order };
    // One row is in any order.
    const isInItself = order !== 0 && (span.order === order || place.low === place.high);
    if (!isInItself || !isBehind(place, places.at(-1))) return undefined;
    places.push(place);
  }
  return places;
}

// Where rows count from 1, each page begins with the last row of the page before.
function isBehind({ low, high }: Place, before: Place | undefined): boolean {
  return before === undefined || (low > before.low && low >= before.high && high > before.high);
}
