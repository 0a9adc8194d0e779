import { areWordsKnown, type MessageName, type RemarkName } from "./messages";

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

/** `fails` where it is left open with which words. */
export type End = "succeeds" | "fails" | MessageName;

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
  create: fails("neverArrived", 1, 1),
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
  read: done(0, { remarks: ["driftUnseen"] }),
  list: fails({ create: "webPage", update: "webPage", delete: "webPage" }, 0, 3, {
    remarks: ["driftUnseen"],
  }),
};

/** That an instance has no list is only ever a setting: without it, a list that cannot be read stops every write. */
const isListRequired = !areWordsKnown;

const NO_LIST: Pick<Cells, "read" | "list"> = {
  read: done(0, { remarks: ["driftUnseen"] }),
  list: isListRequired
    ? fails({ create: "fails", update: "fails", delete: "fails" }, 0, 3)
    : done(3, { remarks: ["driftUnseen", "createdUnseen"] }),
};

const NO_ENDPOINT: Cells = {
  create: fails("noEndpoint", 1, 1),
  update: fails("byHand", 1, 1),
  delete: fails("byHand", 1, 1),
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

  "refused connection": { cells: ALL_FAIL("unreached") },
  "DNS failure": { cells: ALL_FAIL("unreached") },
  "TLS failure": { cells: ALL_FAIL("unreached") },
  "proxy refuses the connection": { cells: ALL_FAIL("unreached") },
  "proxy lets nothing through": { cells: ALL_FAIL("unreached") },

  "reset before": { cells: LOST_BEFORE("lost", 4) },
  "reset after": { cells: LOST_AFTER("lost", 4) },
  "timeout before": { cells: LOST_BEFORE("lost", 4) },
  "timeout after": { cells: LOST_AFTER("lost", 4) },

  "429 with Retry-After": { cells: SAID_NO("throttled", 1) },
  "429 without Retry-After": { cells: SAID_NO("throttled", "some") },
  Restricted: { cells: SAID_NO("throttled", "some") },

  "500 before": { cells: LOST_BEFORE("lost", 4) },
  "500 after": { cells: LOST_AFTER("lost", 4) },
  "502 before": { cells: LOST_BEFORE("lost", 4) },
  "502 after": { cells: LOST_AFTER("lost", 4) },
  "503 before": { cells: LOST_BEFORE("lost", 4) },
  "503 after": { cells: LOST_AFTER("lost", 4) },
  "504 before": { cells: LOST_BEFORE("lost", 4) },
  "504 after": { cells: LOST_AFTER("lost", 4) },

  "redirect 301": { cells: LOST_BEFORE("unexpected", 1) },
  "redirect 302": { cells: LOST_BEFORE("unexpected", 1) },
  "redirect 307": { cells: LOST_BEFORE("unexpected", 1) },
  "HTML at 200 before": { cells: { ...LOST_BEFORE("webPage", 1), ...PAGE_FOR_LIST } },
  "HTML at 200 after": { cells: { ...LOST_AFTER("webPage", 1), ...PAGE_FOR_LIST } },
  truncated: { cells: LOST_AFTER("unexpected", 1) },
  "broken off": { cells: LOST_AFTER("lost", 4) },
  "empty answer before": { cells: LOST_BEFORE("unexpected", 4) },
  "empty answer after": { cells: LOST_AFTER("unexpected", 4) },
  "request_status failure": { cells: SAID_NO("refused", 1) },

  "wrong key": { cells: ALL_FAIL("key") },
  "narrower key": {
    cells: {
      create: done(1, { remarks: ["notShown"] }),
      update: fails("gone", 0, 1),
      delete: fails("gone", 0, 1),
      read: fails("gone", 0, 0),
      list: fails({ last: "gone", delete: "gone" }, 2, 1, { remarks: ["notShown"] }),
    },
  },
  "wrong tenant": {
    cells: {
      // Whoever answers for the instance's address cannot be told from the instance; what comes later can.
      create: done(1, { leaves: "elsewhere", next: "gone" }),
      update: fails("anotherPostback", 0, 1),
      delete: fails("anotherPostback", 0, 1),
      read: fails("anotherPostback", 0, 0),
      list: fails(
        {
          ...{ first: "anotherPostback", last: "anotherPostback" },
          ...{ update: "anotherPostback", delete: "anotherPostback" },
        },
        1,
        2,
        { leaves: { create: "elsewhere" }, next: { create: "gone" } },
      ),
    },
  },
  "empty list": {
    cells: {
      create: done(1, { remarks: ["notShown"] }),
      update: fails("noProof", 0, 1),
      delete: fails("noProof", 0, 1),
      read: fails("noProof", 0, 0),
      list: fails({ first: "noProof", last: "noProof", update: "noProof", delete: "noProof" }, 1, 2, {
        remarks: ["notShown"],
      }),
    },
  },
  "short page": { cells: HARMLESS },
  "missing last row": {
    cells: {
      create: done(1, { remarks: ["notShown"] }),
      update: fails("noProof", 0, 1),
      delete: fails("noProof", 0, 1),
      read: fails("noProof", 0, 0),
      list: fails({ last: "noProof" }, 3, 0, { remarks: ["notShown"] }),
    },
  },
  // What the pages lost between them is found by a read of its own.
  "shifted page": { cells: HARMLESS },
  "wrong total": {
    cells: {
      create: fails("notWhole", 0, 1),
      update: done(1),
      delete: done(1),
      read: done(0),
      list: fails({ create: "notWhole" }, 2, 1),
    },
  },
  "stale list": {
    cells: {
      create: done(1, { remarks: ["notShown"] }),
      update: failsThoughDone("stillOld", 1),
      delete: failsThoughDone("stillOld", 1),
      read: done(0),
      // The delete is not sent any more: after the update nobody knows what a write does here.
      list: fails({ update: "stillOld", delete: "stillOld" }, 2, 1, {
        leaves: { update: "done" },
        remarks: ["notShown"],
      }),
    },
  },
  "list older than the postback": {
    cells: {
      create: { doesNotApply: "The postback to be created is not there yet." },
      update: fails("gone", 0, 1),
      delete: fails("gone", 0, 1),
      read: fails("gone", 0, 0),
      list: fails({ last: "gone", update: "stillOld", delete: "stillOld" }, 2, 1, {
        leaves: { update: "done" },
        remarks: ["notShown"],
      }),
    },
  },
  "ignored filter": { cells: HARMLESS },

  "missing endpoint, 404": { cells: NO_ENDPOINT },
  "missing endpoint, 405": { cells: NO_ENDPOINT },
  "missing endpoint, HTML": {
    cells: { ...LOST_BEFORE("webPage", 1), ...PAGE_FOR_LIST },
  },
  "missing endpoint, refusal": { cells: NO_ENDPOINT },

  "overwriting POST": {
    cells: only(
      "create",
      fails("overwritten", 1, 0, { leaves: "overwritten", next: "exists" }),
      "Only a create can be written over another postback; an update names the one it means.",
    ),
  },
  "blanking update": {
    cells: {
      create: { doesNotApply: "A create sends every field." },
      read: { doesNotApply: "A read sends no field." },
      update: fails("spoilt", 1, 1, { leaves: "spoilt" }),
      delete: fails("spoilt", 1, 0, { leaves: "spoilt", next: "drift" }),
      list: fails({ update: "spoilt", delete: "spoilt" }, 2, 2, { leaves: { update: "spoilt" } }),
    },
  },

  "lost answer, then the list fails": {
    cells: only(
      "create",
      fails("outcomeUnknown", 1, 0, { leaves: "done", nextRemarks: ["takenOver"] }),
      ONLY_A_CREATE,
    ),
  },
  "lost request, then the list fails": {
    cells: only("create", fails("outcomeUnknown", 1, 1), ONLY_A_CREATE),
  },
  "lost answer, then an empty list": {
    cells: only(
      "create",
      fails("outcomeUnknown", 1, 0, { leaves: "done", nextRemarks: ["takenOver"] }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, then a stale list": {
    cells: only(
      "create",
      fails("neverArrived", 1, 0, { leaves: "done", nextRemarks: ["takenOver"] }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, then a narrower key": {
    cells: only(
      "create",
      fails("neverArrived", 1, 0, { leaves: "done", nextRemarks: ["takenOver"] }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, then a wrong total": { cells: only("create", done(1), ONLY_A_CREATE) },
  "lost request, then a wrong total": {
    cells: only("create", fails("outcomeUnknown", 1, 1), ONLY_A_CREATE),
  },
  "lost answer, no list": {
    cells: only(
      "create",
      isListRequired
        ? fails("fails", 0, 1)
        : fails("outcomeUnknown", 1, 0, {
            leaves: "done",
            remarks: ["createdUnseen"],
            // What was there before nobody has seen, so whose the record is that is there now is for a person to say.
            next: "exists",
          }),
      ONLY_A_CREATE,
    ),
  },
  "lost answer, ignored filter": { cells: only("create", done(1), ONLY_A_CREATE) },
} as const satisfies Record<string, Row>;

export type FaultName = keyof typeof table;
export const FAULTS = Object.keys(table) as FaultName[];
