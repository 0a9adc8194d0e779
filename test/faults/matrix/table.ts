import type { MessageName, RemarkName } from "./messages";

/**
 * - `create`, `update`, `delete`: one postback; faults of an answer strike its POST.
 * - `read`: a refresh of one postback; they strike the list.
 * - `list`: a run with all of them on one shared list; they strike that list.
 */
export const OPERATIONS = ["create", "update", "delete", "read", "list"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A step of an operation: `list` reads its first and its last postback, then creates, updates and deletes one. */
export type Part = "create" | "update" | "delete" | "read" | "first" | "last";

export type End = "succeeds" | MessageName;

/** One word for all parts, or a word for each that does not do as the others. */
export type PerPart<Word> = Word | Partial<Record<Part, Word>>;

/** What of a write there is at CAKE: nothing, all of it as declared, or something that nobody declared. */
export type Left = "before" | "done" | "spoilt" | "overwritten" | "elsewhere";

/** What a run does under the fault, and what the next `pulumi up` does when the fault is over. */
export interface Course {
  /** Parts that are not named succeed. */
  readonly ends: PerPart<End>;
  /** How many POSTs come to CAKE. */
  readonly sent: number;
  /** Parts that are not named: `done` where they succeed, else `before`. */
  readonly leaves?: PerPart<Left>;
  readonly remarks?: readonly RemarkName[];
  /** Every message but `succeeds` names the decision that a person has to take. */
  readonly next: PerPart<End>;
  readonly nextSent: number;
  readonly nextRemarks?: readonly RemarkName[];
}

type Cell = Course | { readonly doesNotApply: string };

export interface Row {
  readonly cells: Readonly<Record<Operation, Cell>>;
}

type Cells = Row["cells"];

// ---- Courses that many faults share ----------------------------------------------------------------------

const done = (sent: number, more: Partial<Course> = {}): Course => ({
  ...{ ends: "succeeds", sent, next: "succeeds", nextSent: 0 },
  ...more,
});

/** Nothing was done, and the next run does it. */
const fails = (ends: PerPart<End>, sent: number, nextSent: number, more: Partial<Course> = {}): Course => ({
  ends,
  sent,
  next: "succeeds",
  nextSent,
  ...more,
});

/** CAKE did it and nobody was told; the next run sees it and sends nothing. */
const failsThoughDone = (ends: MessageName, sent: number): Course => fails(ends, sent, 0, { leaves: "done" });

/** CAKE made it, and its list does not show it: it is kept in the state, and there is nothing left to do. */
const NOT_CONFIRMED = failsThoughDone("create-not-confirmed", 1);

/** Nothing can be called at all. */
const ALL_FAIL = (ends: MessageName): Cells => ({
  create: fails(ends, 0, 1),
  update: fails(ends, 0, 1),
  delete: fails(ends, 0, 1),
  read: fails(ends, 0, 0),
  list: fails(ends, 0, 3),
});

/** The first call says what is wrong, and the others are not even sent. */
const FIRST_THEN = (first: MessageName, others: MessageName): Pick<Cells, "list"> => ({
  list: fails({ first, last: others, create: others, update: others, delete: others }, 0, 3),
});

/** No answer worth the name. Reads and updates are tried four times, a create once. */
const LOST_BEFORE = (ends: MessageName, attempts: number): Cells => ({
  create: fails("create-not-found", 1, 1),
  update: fails(ends, attempts, 1),
  delete: fails(ends, attempts, 1),
  read: fails(ends, 0, 0),
  list: fails(ends, 0, 3),
});

const LOST_AFTER = (ends: MessageName, attempts: number): Cells => ({
  create: done(1),
  update: failsThoughDone(ends, attempts),
  delete: failsThoughDone(ends, attempts),
  read: fails(ends, 0, 0),
  list: fails(ends, 0, 3),
});

/** CAKE did nothing, and said so. */
const SAID_NO = (ends: MessageName, sent: number): Cells => ({
  create: fails(ends, sent, 1),
  update: fails(ends, sent, 1),
  delete: fails(ends, sent, 1),
  read: fails(ends, 0, 0),
  list: fails(ends, 0, 3),
});

/**
 * That an instance has no list is only ever a setting: without it, a list that cannot be read keeps the state in a
 * refresh, and stops every write.
 */
const NO_LIST_BUT = (ends: MessageName): Pick<Cells, "read" | "list"> => ({
  read: done(0, { remarks: ["drift-not-checked"] }),
  list: fails({ create: ends, update: ends, delete: ends }, 0, 3, { remarks: ["drift-not-checked"] }),
});

/** What came is no answer of CAKE's. */
const UNREADABLE_BEFORE = (ends: MessageName): Cells => ({ ...LOST_BEFORE(ends, 1), ...NO_LIST_BUT(ends) });
const UNREADABLE_AFTER = (ends: MessageName): Cells => ({ ...LOST_AFTER(ends, 1), ...NO_LIST_BUT(ends) });

const NO_ENDPOINT: Cells = {
  create: fails("cake-endpoint-missing", 1, 1),
  update: fails("update-endpoint-missing", 1, 1),
  delete: fails("update-endpoint-missing", 1, 1),
  ...NO_LIST_BUT("cake-endpoint-missing"),
};

/** Everything goes well in spite of it. */
const HARMLESS: Cells = {
  create: done(1),
  update: done(1),
  delete: done(1),
  read: done(0),
  list: done(3),
};

/** What is at stake is one request of one kind. */
const only = (operation: Operation, course: Course, why: string): Cells => {
  const doesNotApply: Cell = { doesNotApply: why };
  const none: Cells = {
    ...{ create: doesNotApply, update: doesNotApply, delete: doesNotApply },
    ...{ read: doesNotApply, list: doesNotApply },
  };
  return { ...none, [operation]: course };
};

const ONLY_A_CREATE = "Only a create may not be sent twice: updates and reads that are lost are sent again.";

const ONLY_A_CREATE_HAS_A_URL = "It is tried with a create; all requests are answered by one reader.";

// ---- The table -------------------------------------------------------------------------------------------

export const table = {
  "unreadable setting": { cells: ALL_FAIL("settings-invalid") },
  "no key": { cells: ALL_FAIL("settings-missing") },

  "refused connection": { cells: ALL_FAIL("cake-unreachable") },
  "DNS failure": { cells: ALL_FAIL("cake-unreachable") },
  "TLS failure": { cells: ALL_FAIL("cake-unreachable") },
  "proxy refuses the connection": { cells: ALL_FAIL("cake-unreachable") },
  "proxy lets nothing through": { cells: ALL_FAIL("cake-unreachable") },

  "reset before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "reset after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "timeout before": {
    cells: { ...LOST_BEFORE("cake-response-lost", 4), ...FIRST_THEN("cake-response-lost", "cake-silent") },
  },
  "timeout after": {
    cells: { ...LOST_AFTER("cake-response-lost", 4), ...FIRST_THEN("cake-response-lost", "cake-silent") },
  },

  "429 with Retry-After": {
    cells: { ...SAID_NO("cake-throttled", 1), ...FIRST_THEN("cake-throttled", "cake-asked-to-wait") },
  },
  "429 without Retry-After": { cells: SAID_NO("cake-throttled", 5) },
  Restricted: { cells: SAID_NO("cake-throttled", 5) },

  "500 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "500 after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "502 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "502 after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "503 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "503 after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "504 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "504 after": { cells: LOST_AFTER("cake-response-lost", 4) },

  "redirect 301": { cells: UNREADABLE_BEFORE("cake-unexpected-answer") },
  "redirect 302": { cells: UNREADABLE_BEFORE("cake-unexpected-answer") },
  "redirect 307": { cells: UNREADABLE_BEFORE("cake-unexpected-answer") },
  "HTML at 200 before": { cells: UNREADABLE_BEFORE("cake-web-page") },
  "HTML at 200 after": { cells: UNREADABLE_AFTER("cake-web-page") },
  truncated: { cells: UNREADABLE_AFTER("cake-unexpected-answer") },
  "broken off": { cells: LOST_AFTER("cake-response-lost", 4) },
  "empty answer before": {
    cells: {
      ...LOST_BEFORE("cake-unexpected-answer", 4),
      read: fails("cake-silent", 0, 0),
      list: fails("cake-silent", 0, 3),
    },
  },
  "empty answer after": {
    cells: {
      ...LOST_AFTER("cake-unexpected-answer", 4),
      read: fails("cake-silent", 0, 0),
      list: fails("cake-silent", 0, 3),
    },
  },
  "request_status failure": { cells: SAID_NO("cake-refused", 1) },

  "wrong key": { cells: ALL_FAIL("cake-key-refused") },
  "narrower key": {
    cells: {
      create: NOT_CONFIRMED,
      update: fails("postback-missing", 0, 1),
      delete: fails("postback-missing", 0, 1),
      read: fails("postback-missing", 0, 0),
      list: fails(
        { last: "postback-missing", create: "create-not-confirmed", delete: "postback-missing" },
        2,
        1,
        { leaves: { create: "done" } },
      ),
    },
  },
  "wrong tenant": {
    cells: {
      // Whoever answers for the instance's address cannot be told from the instance; what comes later can.
      create: done(1, { leaves: "elsewhere", next: "postback-missing" }),
      update: fails("other-postback", 0, 1),
      delete: fails("other-postback", 0, 1),
      read: fails("other-postback", 0, 0),
      list: fails(
        {
          ...{ first: "other-postback", last: "other-postback" },
          ...{ update: "other-postback", delete: "other-postback" },
        },
        1,
        2,
        { leaves: { create: "elsewhere" }, next: { create: "postback-missing" } },
      ),
    },
  },
  "empty list": {
    cells: {
      create: NOT_CONFIRMED,
      update: fails("absence-not-proven", 0, 1),
      delete: fails("absence-not-proven", 0, 1),
      read: fails("absence-not-proven", 0, 0),
      list: fails(
        {
          first: "absence-not-proven",
          last: "absence-not-proven",
          create: "create-not-confirmed",
          update: "absence-not-proven",
          delete: "absence-not-proven",
        },
        1,
        2,
        { leaves: { create: "done" } },
      ),
    },
  },
  "short page": { cells: HARMLESS },
  "missing last row": {
    cells: {
      create: fails("list-incomplete", 0, 1),
      update: fails("absence-not-proven", 0, 1),
      delete: fails("absence-not-proven", 0, 1),
      read: fails("absence-not-proven", 0, 0),
      list: fails(
        {
          last: "absence-not-proven",
          create: "list-incomplete",
          update: "list-incomplete",
          delete: "update-not-confirmed",
        },
        1,
        2,
        { leaves: { delete: "done" } },
      ),
    },
  },
  "shifted page": {
    cells: {
      create: fails("list-incomplete", 0, 1),
      update: fails("absence-not-proven", 0, 1),
      delete: fails("absence-not-proven", 0, 1),
      read: done(0),
      list: fails({ last: "absence-not-proven", create: "list-incomplete", update: "list-incomplete" }, 1, 2),
    },
  },
  "wrong total": {
    cells: {
      create: fails("list-incomplete", 0, 1),
      update: fails("list-incomplete", 0, 1),
      delete: done(1),
      read: done(0),
      list: fails({ create: "list-incomplete", update: "list-incomplete" }, 1, 2),
    },
  },
  "stale list": {
    cells: {
      create: NOT_CONFIRMED,
      update: failsThoughDone("update-ignored", 1),
      delete: failsThoughDone("update-ignored", 1),
      read: done(0),
      // The delete is not sent any more: after the update nobody knows what a write does here.
      list: fails(
        { create: "create-not-confirmed", update: "update-ignored", delete: "stopped-by-earlier-write" },
        2,
        1,
        { leaves: { create: "done", update: "done" } },
      ),
    },
  },
  "list older than the postback": {
    cells: {
      create: { doesNotApply: "The postback to be created is not there yet." },
      update: fails("postback-missing", 0, 1),
      delete: fails("postback-missing", 0, 1),
      read: fails("postback-missing", 0, 0),
      list: fails(
        {
          last: "postback-missing",
          create: "create-not-confirmed",
          update: "update-ignored",
          delete: "stopped-by-earlier-write",
        },
        2,
        1,
        { leaves: { create: "done", update: "done" } },
      ),
    },
  },
  "ignored filter": { cells: HARMLESS },

  "missing endpoint, 404": { cells: NO_ENDPOINT },
  "missing endpoint, 405": { cells: NO_ENDPOINT },
  "missing endpoint, HTML": {
    cells: UNREADABLE_BEFORE("cake-web-page"),
  },
  // Words never let a run go on: a refusal that names the method is a refusal.
  "missing endpoint, refusal": { cells: SAID_NO("cake-refused", 1) },

  "overwriting POST": {
    cells: only(
      "create",
      fails("create-overwrote", 1, 0, { leaves: "overwritten", next: "equal-postback-is-live" }),
      "Only a create can be written over another postback; an update names the one it means.",
    ),
  },
  "blanking update": {
    cells: {
      create: { doesNotApply: "A create sends every field." },
      read: { doesNotApply: "A read sends no field." },
      update: fails("update-went-wrong", 1, 1, { leaves: "spoilt" }),
      delete: fails("update-went-wrong", 1, 0, { leaves: "spoilt", next: "changed-in-cake" }),
      list: fails({ update: "update-went-wrong", delete: "stopped-by-earlier-write" }, 2, 2, {
        leaves: { update: "spoilt" },
      }),
    },
  },

  "lost answer, then the list fails": {
    cells: only(
      "create",
      fails("create-outcome-unknown", 1, 0, { leaves: "done", nextRemarks: ["create-resumed"] }),
      ONLY_A_CREATE,
    ),
  },
  "lost request, then the list fails": {
    cells: only("create", fails("create-outcome-unknown", 1, 1), ONLY_A_CREATE),
  },
  "lost answer, then an empty list": {
    cells: only(
      "create",
      fails("create-outcome-unknown", 1, 0, { leaves: "done", nextRemarks: ["create-resumed"] }),
      ONLY_A_CREATE,
    ),
  },
  // A complete list decided that nothing was made. What it did not show stops the next run, and is not doubled.
  "lost answer, then a stale list": {
    cells: only(
      "create",
      fails("create-not-found", 1, 0, { leaves: "done", next: "equal-postback-is-live" }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, then a narrower key": {
    cells: only(
      "create",
      fails("create-not-found", 1, 0, { leaves: "done", next: "equal-postback-is-live" }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, then a wrong total": { cells: only("create", done(1), ONLY_A_CREATE) },
  "lost request, then a wrong total": {
    cells: only("create", fails("create-outcome-unknown", 1, 1), ONLY_A_CREATE),
  },
  "lost answer, no list": { cells: only("create", fails("cake-endpoint-missing", 0, 1), ONLY_A_CREATE) },
  "lost answer, set to have no list": {
    cells: only(
      "create",
      fails("create-outcome-unknown", 1, 0, {
        leaves: "done",
        remarks: ["created-unchecked"],
        nextRemarks: ["create-resumed"],
      }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, ignored filter": { cells: only("create", done(1), ONLY_A_CREATE) },

  "one list is a 404": {
    cells: {
      create: fails("cake-endpoint-missing", 0, 1),
      update: fails("cake-endpoint-missing", 0, 1),
      delete: fails("cake-endpoint-missing", 0, 1),
      read: done(0, { remarks: ["drift-not-checked"] }),
      list: done(3, { remarks: ["drift-not-checked"] }),
    },
  },
  // Before a write, a refusal stops it. A refresh asks for the whole list in its place, and gets it.
  "one list is a refusal": {
    cells: {
      create: fails("cake-refused", 0, 1),
      update: fails("cake-refused", 0, 1),
      delete: fails("cake-refused", 0, 1),
      read: done(0),
      list: done(3),
    },
  },
  "total counts the page, 50": { cells: HARMLESS },
  "total counts the page, 200": { cells: HARMLESS },
  "total counts the page, 250": { cells: HARMLESS },
  "total counts the page, 400": { cells: HARMLESS },
  "equal postback on the last page": {
    cells: only(
      "create",
      fails("equal-postback-is-live", 0, 0, { next: "equal-postback-is-live" }),
      "Only a create may make a postback that is there.",
    ),
  },
  "postback that fires twice": {
    cells: only(
      "create",
      fails("fires-twice", 0, 0, { next: "fires-twice" }),
      "Only a create may make a postback that is there.",
    ),
  },
  "equal postback that is inactive": {
    cells: only("create", done(1), "Only a create may make a postback that is there."),
  },
  "web firewall": { cells: UNREADABLE_BEFORE("cake-unexpected-answer") },
  "words about a key": { cells: SAID_NO("cake-refused", 1) },
  "Restricted.": { cells: SAID_NO("cake-throttled", 5) },
  "Success without a record before": { cells: UNREADABLE_BEFORE("cake-unexpected-answer") },
  "Success without a record after": { cells: UNREADABLE_AFTER("cake-unexpected-answer") },
  "nested without end": { cells: UNREADABLE_BEFORE("cake-unexpected-answer") },
  "read-back fails": {
    cells: {
      create: done(1),
      update: fails("update-not-confirmed", 1, 0, { leaves: "done" }),
      delete: fails("update-not-confirmed", 1, 0, { leaves: "done" }),
      read: done(0),
      list: fails({ update: "update-not-confirmed", delete: "stopped-by-earlier-write" }, 2, 1, {
        leaves: { update: "done" },
      }),
    },
  },
  "read-back of an echo fails": {
    cells: {
      create: done(1),
      update: fails("update-not-confirmed", 1, 1),
      delete: fails("update-not-confirmed", 1, 1),
      read: done(0),
      list: fails({ update: "update-not-confirmed", delete: "stopped-by-earlier-write" }, 2, 2),
    },
  },
  "echoed update": {
    cells: {
      create: done(1),
      update: fails("update-ignored", 1, 1),
      delete: fails("update-ignored", 1, 1),
      read: done(0),
      list: fails({ update: "update-ignored", delete: "stopped-by-earlier-write" }, 2, 2),
    },
  },
  "ignored update": {
    cells: {
      create: done(1),
      update: fails("update-went-wrong", 1, 1),
      delete: fails("update-went-wrong", 1, 1),
      read: done(0),
      list: fails({ update: "update-went-wrong", delete: "stopped-by-earlier-write" }, 2, 2),
    },
  },
  // The list says of a row only that it cannot be read, so whose it is nobody knows. It stays until CAKE is corrected.
  "half a character": {
    cells: {
      create: fails("list-incomplete", 0, 0, { next: "list-incomplete" }),
      update: fails("list-incomplete", 0, 0, { next: "list-incomplete" }),
      delete: done(1),
      read: done(0),
      list: fails({ create: "list-incomplete", update: "list-incomplete" }, 1, 0, {
        next: { create: "list-incomplete", update: "list-incomplete" },
      }),
    },
  },
  "statuses in capitals": { cells: HARMLESS },
  "rows under response": { cells: HARMLESS },
  "numbers as strings": { cells: HARMLESS },
  "renamed type": {
    cells: {
      create: done(1),
      update: fails("changed-in-cake", 0, 0, { next: "changed-in-cake" }),
      delete: fails("changed-in-cake", 0, 0, { next: "changed-in-cake" }),
      read: done(0),
      list: fails({ update: "changed-in-cake", delete: "changed-in-cake" }, 1, 0, {
        next: { update: "changed-in-cake", delete: "changed-in-cake" },
      }),
    },
  },
  "every page is the first": {
    cells: {
      create: fails("list-incomplete", 0, 1),
      update: fails("absence-not-proven", 0, 1),
      delete: fails("absence-not-proven", 0, 1),
      read: done(0),
      list: fails(
        {
          last: "absence-not-proven",
          create: "list-incomplete",
          update: "absence-not-proven",
          delete: "absence-not-proven",
        },
        0,
        3,
      ),
    },
  },
  "refused filter": { cells: HARMLESS },
  // A read of the one record does not show what was written, and the list as a whole is not asked.
  "incomplete filter": {
    cells: {
      create: NOT_CONFIRMED,
      update: failsThoughDone("update-not-confirmed", 1),
      delete: failsThoughDone("update-not-confirmed", 1),
      read: done(0),
      list: fails(
        {
          create: "create-not-confirmed",
          update: "update-not-confirmed",
          delete: "stopped-by-earlier-write",
        },
        2,
        1,
        { leaves: { create: "done", update: "done" } },
      ),
    },
  },
  "set to have no list": {
    cells: {
      create: done(1, { remarks: ["created-unchecked"] }),
      update: done(1),
      delete: done(1),
      read: done(0, { remarks: ["drift-not-checked"] }),
      list: done(3, { remarks: ["drift-not-checked", "created-unchecked"] }),
    },
  },
  "set to what is documented": {
    cells: {
      create: done(1, { remarks: ["created-unchecked"] }),
      update: fails("change-by-hand", 0, 1),
      delete: fails("change-by-hand", 0, 1),
      read: done(0, { remarks: ["drift-not-checked"] }),
      list: fails({ update: "change-by-hand", delete: "change-by-hand" }, 1, 2, {
        remarks: ["drift-not-checked", "created-unchecked"],
      }),
    },
  },
  "quoted plain": { cells: only("create", fails("cake-refused", 1, 1), ONLY_A_CREATE_HAS_A_URL) },
  "quoted with escapes of URLs": {
    cells: only("create", fails("cake-refused", 1, 1), ONLY_A_CREATE_HAS_A_URL),
  },
  "quoted without scheme": { cells: only("create", fails("cake-refused", 1, 1), ONLY_A_CREATE_HAS_A_URL) },
  "quoted with escapes of JSON": {
    cells: only("create", fails("cake-refused", 1, 1), ONLY_A_CREATE_HAS_A_URL),
  },
  "quoted values": { cells: only("create", fails("cake-refused", 1, 1), ONLY_A_CREATE_HAS_A_URL) },
} as const satisfies Record<string, Row>;

export type FaultName = keyof typeof table;
export const FAULTS = Object.keys(table) as FaultName[];
