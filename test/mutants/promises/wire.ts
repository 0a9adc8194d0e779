import type { Mutant } from "../mutant";

const WIRE = "unit/cake/wire.test.ts";
const LIST = "unit/cake/readList.test.ts";
const LIVE = "unit/cake/livePostbacks.test.ts";
const CREATE = "unit/lifecycle/create.test.ts";

/** What a list and an answer of CAKE prove. Words may slow or stop a run; they never let it go on. */
export const wire: readonly Mutant[] = [
  {
    guard: "only Success with a record is a success",
    file: "cake/envelope.ts",
    text: 'if (isOk(answer) && envelope?.request_status === "Success")',
    instead: "if (isOk(answer) && envelope !== undefined)",
    cases: { [WIRE]: ["is not "] },
  },
  {
    guard: "an answer that holds a record is never a refusal",
    file: "cake/envelope.ts",
    text: "return isRefusal && !holdsRecord &&",
    instead: "return isRefusal &&",
    cases: { [WIRE]: ["is not another word", "is not OK instead of Success"] },
  },
  {
    guard: "a 404 in CAKE's words is about a record, and no missing endpoint",
    file: "cake/envelope.ts",
    text: "if ((status === 404 || status === 405) && !isVerdict)",
    instead: "if (status === 404 || status === 405)",
    cases: { [WIRE]: ["is not a record that is not there"] },
  },
  {
    guard: "only the throttle's own word slows a run down and repeats a create",
    file: "cake/envelope.ts",
    text: "(isVerdict && THROTTLED.has(meaning))",
    instead: "(isVerdict && [...THROTTLED].some((word) => meaning.includes(word)))",
    cases: { [WIRE]: ["is not a word that only holds the throttle's"] },
  },
  {
    guard: "a create whose answer is lost is never sent again",
    file: "http/retry.ts",
    text: '  if (failed.repeat === "duplicates" && failed.failure === "lost") return "stop";\n',
    instead: "",
    cases: {
      "unit/http/retry.test.ts": ["never repeats a create whose request may have arrived"],
      [CREATE]: ["is settled by the list, and never sent again"],
    },
  },
  {
    guard: "no redirect is followed",
    file: "http/transport.ts",
    text: 'redirect: "manual",',
    instead: 'redirect: "follow",',
    cases: { "unit/http/transport.test.ts": ["is an answer and is not followed"] },
  },
  {
    guard: "an empty or incomplete list proves nothing",
    file: "cake/readList.ts",
    text: "return read.answered > 0 && read.completenessIssues.length === 0;",
    instead: "return read.answered >= 0;",
    cases: { [LIST]: ["is proven by a list that is whole and shows something"] },
  },
  {
    guard: "a total that is no more than the first page ends no list",
    file: "cake/readList.ts",
    text: "const { total = 0 } = this;\n    this.isCounted = first.rows.length > 0 && first.size < total;",
    instead:
      "this.total ??= first.total;\n    const { total = 0 } = this;\n    this.isCounted = first.rows.length > 0 && first.size <= total;",
    cases: {
      [LIST]: ["counts only its page is read whole all the same"],
      [CREATE]: ["a total that counts only its page does not hide an equal record"],
    },
  },
  {
    guard: "a list that came short of its total is incomplete",
    file: "cake/readList.ts",
    text: "if (total !== undefined && total !== rows.size)",
    instead: "if (total !== undefined && total === -1)",
    cases: { [LIST]: ["it says that it has"], [CREATE]: ["one that is not provably complete"] },
  },
  {
    guard: "a list whose total falls while it is read is incomplete",
    file: "cake/readList.ts",
    text: "    if (this.total !== undefined && total < this.total) this.issues.add(MOVED);\n",
    instead: "",
    cases: { [LIST]: ["when a row before the second page vanishes meanwhile, with a total"] },
  },
  {
    guard: "a page that does not begin where the one before it ended makes a list incomplete",
    file: "cake/readList.ts",
    text: "      else if (!ids.includes(last.at(-1) ?? Number.NaN)) this.issues.add(MOVED);\n",
    instead: "",
    cases: { [LIST]: ["when a row before the second page vanishes meanwhile"] },
  },
  {
    guard: "a last page that repeats more than the last two rows makes a list incomplete",
    file: "cake/readList.ts",
    text: "if (!isNews && ids.some((id) => !last.includes(id))) this.issues.add(REPEATED);",
    instead: "if (!isNews && last.length < 0) this.issues.add(REPEATED);",
    cases: { [LIST]: ["when it ignores the start"] },
  },
  {
    guard: "an ID that stands twice on a page makes a list incomplete",
    file: "cake/readList.ts",
    text: "if (new Set(ids).size < ids.length) issues",
    instead: "if (new Set(ids).size < 0) issues",
    cases: { [LIST]: ["when a page holds an id twice"] },
  },
  {
    guard: "a row that cannot be read makes a list incomplete",
    file: "cake/readList.ts",
    text: "    this.unreadable.push(...page.unreadable);\n",
    instead: "",
    cases: { [LIST]: ["when a row cannot be read"] },
  },
  {
    guard: "a list ends at 2,000 pages",
    file: "cake/readList.ts",
    text: "const MAX_PAGES = 2_000;",
    instead: "const MAX_PAGES = 4_000;",
    cases: { [LIST]: ["ends with an error after 2,000 pages"] },
  },
  {
    guard: "a list ends at a million rows",
    file: "cake/readList.ts",
    text: "const MAX_ROWS = 1_000_000;",
    instead: "const MAX_ROWS = 2_000_000;",
    cases: { [LIST]: ["ends with an error after a million rows"] },
  },
  {
    guard: "a filter that shows nothing is believed only if it finds something else",
    file: "cake/livePostbacks.ts",
    text: "return isFiltered && rows.some((row) => row.postbackId === postbackId);",
    instead: "return isFiltered || rows.some((row) => row.postbackId === postbackId);",
    cases: { [LIVE]: ["is not believed where it shows nothing"] },
  },
  {
    guard: "a filter that is ignored does not decide",
    file: "cake/client.ts",
    text: "if (!page.rows.every((row) => isWanted(row, filter))) throw new FilterIgnored();",
    instead: "if (page.rows.length < 0 && isWanted) throw new FilterIgnored();",
    cases: { [LIVE]: ["is not followed where it is ignored"] },
  },
];
