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

export const PARTS: Readonly<Record<Operation, readonly Part[]>> = {
  create: ["create"],
  update: ["update"],
  delete: ["delete"],
  read: ["read"],
  list: ["first", "last", "create", "update", "delete"],
};

export type End = "succeeds" | MessageName;

/** One word for all parts, or a word for each that does not do as the others. */
export type PerPart<Word> = Word | Partial<Record<Part, Word>>;

/** What of a write there is at CAKE: nothing, all of it as declared, or something that nobody declared. */
export type Left = "before" | "done" | "spoilt" | "overwritten" | "elsewhere";

/** What a run does under the fault, and what the next `pulumi up` does when the fault is over. */
export interface Course {
  /** Parts that are not named succeed. */
  readonly ends: PerPart<End>;
  /** How many POSTs come to CAKE; "some" where only the time ends the asking. */
  readonly sent: number | "some";
  /** Parts that are not named: `done` where they succeed, else `before`. */
  readonly leaves?: PerPart<Left>;
  readonly remarks?: readonly RemarkName[];
  /** Every message but `succeeds` names the decision that a person has to take. */
  readonly next: PerPart<End>;
  readonly nextSent: number;
  readonly nextRemarks?: readonly RemarkName[];
}

export type Cell = Course | { readonly doesNotApply: string };

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
const fails = (
  ends: PerPart<End>,
  sent: number | "some",
  nextSent: number,
  more: Partial<Course> = {},
): Course => ({ ends, sent, next: "succeeds", nextSent, ...more });

/** CAKE did it and nobody was told; the next run sees it and sends nothing. */
const failsThoughDone = (ends: MessageName, sent: number): Course => fails(ends, sent, 0, { leaves: "done" });

/** Nothing can be called at all. */
const ALL_FAIL = (ends: MessageName): Cells => ({
  create: fails(ends, 0, 1),
  update: fails(ends, 0, 1),
  delete: fails(ends, 0, 1),
  read: fails(ends, 0, 0),
  list: fails(ends, 0, 3),
});

/** No answer worth the name. Reads and updates are tried four times, a create once. */
const LOST_BEFORE = (ends: MessageName, attempts: number): Cells => ({
  create: fails("create-never-arrived", 1, 1),
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
const SAID_NO = (ends: MessageName, sent: number | "some"): Cells => ({
  create: fails(ends, sent, 1),
  update: fails(ends, sent, 1),
  delete: fails(ends, sent, 1),
  read: fails(ends, 0, 0),
  list: fails(ends, 0, 3),
});

/** A page in place of the list may mean that there is none: the state stays as it is, and nothing is written. */
const PAGE_FOR_LIST: Pick<Cells, "read" | "list"> = {
  read: done(0, { remarks: ["drift-not-checked"] }),
  list: fails({ create: "cake-web-page", update: "cake-web-page", delete: "cake-web-page" }, 0, 3, {
    remarks: ["drift-not-checked"],
  }),
};

/** That an instance has no list is only ever a setting: without it, a list that cannot be read stops every write. */
const NO_LIST: Pick<Cells, "read" | "list"> = {
  read: done(0, { remarks: ["drift-not-checked"] }),
  list: fails(
    {
      create: "cake-endpoint-missing",
      update: "cake-endpoint-missing",
      delete: "cake-endpoint-missing",
    },
    0,
    3,
    { remarks: ["drift-not-checked"] },
  ),
};

const NO_ENDPOINT: Cells = {
  create: fails("cake-endpoint-missing", 1, 1),
  update: fails("update-endpoint-missing", 1, 1),
  delete: fails("update-endpoint-missing", 1, 1),
  ...NO_LIST,
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

// ---- The table -------------------------------------------------------------------------------------------

export const table = {
  "unreadable setting": { cells: ALL_FAIL("setting") },
  "no key": { cells: ALL_FAIL("setting") },

  "refused connection": { cells: ALL_FAIL("cake-unreachable") },
  "DNS failure": { cells: ALL_FAIL("cake-unreachable") },
  "TLS failure": { cells: ALL_FAIL("cake-unreachable") },
  "proxy refuses the connection": { cells: ALL_FAIL("cake-unreachable") },
  "proxy lets nothing through": { cells: ALL_FAIL("cake-unreachable") },

  "reset before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "reset after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "timeout before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "timeout after": { cells: LOST_AFTER("cake-response-lost", 4) },

  "429 with Retry-After": { cells: SAID_NO("cake-throttled", 1) },
  "429 without Retry-After": { cells: SAID_NO("cake-throttled", "some") },
  Restricted: { cells: SAID_NO("cake-throttled", "some") },

  "500 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "500 after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "502 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "502 after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "503 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "503 after": { cells: LOST_AFTER("cake-response-lost", 4) },
  "504 before": { cells: LOST_BEFORE("cake-response-lost", 4) },
  "504 after": { cells: LOST_AFTER("cake-response-lost", 4) },

  "redirect 301": { cells: LOST_BEFORE("cake-unexpected-answer", 1) },
  "redirect 302": { cells: LOST_BEFORE("cake-unexpected-answer", 1) },
  "redirect 307": { cells: LOST_BEFORE("cake-unexpected-answer", 1) },
  "HTML at 200 before": { cells: { ...LOST_BEFORE("cake-web-page", 1), ...PAGE_FOR_LIST } },
  "HTML at 200 after": { cells: { ...LOST_AFTER("cake-web-page", 1), ...PAGE_FOR_LIST } },
  truncated: { cells: LOST_AFTER("cake-unexpected-answer", 1) },
  "broken off": { cells: LOST_AFTER("cake-response-lost", 4) },
  "empty answer before": { cells: LOST_BEFORE("cake-unexpected-answer", 4) },
  "empty answer after": { cells: LOST_AFTER("cake-unexpected-answer", 4) },
  "request_status failure": { cells: SAID_NO("cake-refused", 1) },

  "wrong key": { cells: ALL_FAIL("cake-key-refused") },
  "narrower key": {
    cells: {
      create: done(1),
      update: fails("postback-missing", 0, 1),
      delete: fails("postback-missing", 0, 1),
      read: fails("postback-missing", 0, 0),
      list: fails({ last: "postback-missing", delete: "postback-missing" }, 2, 1),
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
      create: done(1),
      update: fails("absence-not-proven", 0, 1),
      delete: fails("absence-not-proven", 0, 1),
      read: fails("absence-not-proven", 0, 0),
      list: fails(
        {
          first: "absence-not-proven",
          last: "absence-not-proven",
          update: "absence-not-proven",
          delete: "absence-not-proven",
        },
        1,
        2,
        {},
      ),
    },
  },
  "short page": { cells: HARMLESS },
  "missing last row": {
    cells: {
      create: done(1),
      update: fails("absence-not-proven", 0, 1),
      delete: fails("absence-not-proven", 0, 1),
      read: fails("absence-not-proven", 0, 0),
      list: fails({ last: "absence-not-proven" }, 3, 0),
    },
  },
  // What the pages lost between them is found by a read of its own.
  "shifted page": { cells: HARMLESS },
  "wrong total": {
    cells: {
      create: fails("list-incomplete", 0, 1),
      update: done(1),
      delete: done(1),
      read: done(0),
      list: fails({ create: "list-incomplete" }, 2, 1),
    },
  },
  "stale list": {
    cells: {
      create: done(1),
      update: failsThoughDone("update-ignored", 1),
      delete: failsThoughDone("update-ignored", 1),
      read: done(0),
      // The delete is not sent any more: after the update nobody knows what a write does here.
      list: fails({ update: "update-ignored", delete: "update-ignored" }, 2, 1, {
        leaves: { update: "done" },
      }),
    },
  },
  "list older than the postback": {
    cells: {
      create: { doesNotApply: "The postback to be created is not there yet." },
      update: fails("postback-missing", 0, 1),
      delete: fails("postback-missing", 0, 1),
      read: fails("postback-missing", 0, 0),
      list: fails({ last: "postback-missing", update: "update-ignored", delete: "update-ignored" }, 2, 1, {
        leaves: { update: "done" },
      }),
    },
  },
  "ignored filter": { cells: HARMLESS },

  "missing endpoint, 404": { cells: NO_ENDPOINT },
  "missing endpoint, 405": { cells: NO_ENDPOINT },
  "missing endpoint, HTML": {
    cells: { ...LOST_BEFORE("cake-web-page", 1), ...PAGE_FOR_LIST },
  },
  "missing endpoint, refusal": { cells: NO_ENDPOINT },

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
      list: fails({ update: "update-went-wrong", delete: "update-went-wrong" }, 2, 2, {
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
  "lost answer, then a stale list": {
    cells: only(
      "create",
      fails("create-never-arrived", 1, 0, { leaves: "done", nextRemarks: ["create-resumed"] }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, then a narrower key": {
    cells: only(
      "create",
      fails("create-never-arrived", 1, 0, { leaves: "done", nextRemarks: ["create-resumed"] }),
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
  "one list is a refusal": {
    cells: {
      create: fails("cake-refused", 0, 1),
      update: fails("cake-refused", 0, 1),
      delete: fails("cake-refused", 0, 1),
      read: fails("cake-refused", 0, 0),
      list: fails({ first: "cake-refused" }, 3, 0),
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
      "A create",
    ),
  },
  "equal postback that is inactive": { cells: only("create", done(1), "A create") },
  "web firewall": { cells: SAID_NO("cake-refused", 1) },
  "words about a key": { cells: SAID_NO("cake-refused", 1) },
  "Restricted.": { cells: SAID_NO("cake-throttled", "some") },
  "Success without a record before": { cells: LOST_BEFORE("cake-unexpected-answer", 1) },
  "Success without a record after": { cells: LOST_AFTER("cake-unexpected-answer", 1) },
  "nested without end": { cells: LOST_BEFORE("cake-unexpected-answer", 1) },
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
  "half a character": { cells: HARMLESS },
  "half a character beside": {
    cells: only("create", fails("list-incomplete", 0, 0, { next: "list-incomplete" }), "A create"),
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
  "endless list": {
    cells: {
      create: fails("cake-list-endless", 0, 1),
      update: fails("cake-list-endless", 0, 1),
      delete: fails("cake-list-endless", 0, 1),
      read: done(0),
      list: fails("cake-list-endless", 0, 3),
    },
  },
  "every page is the first": { cells: HARMLESS },
  "refused filter": { cells: HARMLESS },
  "incomplete filter": { cells: HARMLESS },
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
  "quoted plain": { cells: only("create", fails("cake-refused", 1, 1), "Only a create") },
  "quoted with escapes of URLs": { cells: only("create", fails("cake-refused", 1, 1), "Only a create") },
  "quoted without scheme": { cells: only("create", fails("cake-refused", 1, 1), "Only a create") },
  "quoted with escapes of JSON": { cells: only("create", fails("cake-refused", 1, 1), "Only a create") },
  "quoted values": { cells: only("create", fails("cake-refused", 1, 1), "Only a create") },
} as const satisfies Record<string, Row>;

export type FaultName = keyof typeof table;
export const FAULTS = Object.keys(table) as FaultName[];
