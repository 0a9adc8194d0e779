import type { Mutant } from "../mutant";

const CREATE = "unit/lifecycle/create.test.ts";
const INTERRUPTED = "unit/lifecycle/journal/interrupted.test.ts";
const JOURNAL = "unit/lifecycle/journal/journal.test.ts";
const FOLDER = "unit/lifecycle/journal/folder.test.ts";
const VERSIONS = "unit/lifecycle/otherVersion.test.ts";
const IDENTITY = "unit/lifecycle/journal/processIdentity.test.ts";

/** On one machine, no postback is made twice, whatever was killed. */
export const journal: readonly Mutant[] = [
  {
    guard: "a create is noted before it is sent",
    file: "lifecycle/create.ts",
    text: "      await lock.take();\n",
    instead: "",
    cases: {
      [INTERRUPTED]: [
        "goes into the state of the next run unchanged",
        "is not sent again until a person decides",
      ],
    },
  },
  {
    guard: "an entry says that its create was sent",
    file: "lifecycle/journal/journal.ts",
    text: '      file.append(phaseLine("sent"));\n',
    instead: "",
    cases: { [INTERRUPTED]: ["goes into the state of the next run unchanged"] },
  },
  {
    guard: "an entry is on the disk before its create is sent",
    file: "lifecycle/journal/journal.ts",
    text: "      await Promise.all([file.sync(), this.steps.syncName()]);\n",
    instead: "",
    cases: { [JOURNAL]: ["that the disk does not hold leaves nothing"] },
  },
  {
    guard: "a name of the journal is taken once",
    file: "lifecycle/journal/folder.ts",
    text: "O_WRONLY | O_NOFOLLOW | O_CREAT | O_EXCL | O_APPEND;",
    instead: "O_WRONLY | O_NOFOLLOW | O_CREAT | O_APPEND;",
    cases: { [FOLDER]: ["creates a file only where none is"] },
  },
  {
    guard: "one of two processes begins a create",
    file: "lifecycle/journal/journal.ts",
    text: "      this.steps.requireAlone();\n",
    instead: "",
    cases: {
      [JOURNAL]: ["is taken by one of two processes only", "is not taken beside one for"],
      [INTERRUPTED]: ["make one where both are sent off at once"],
    },
  },
  {
    guard: "a create stops for what another run has made since the list was read",
    file: "lifecycle/journal/journal.ts",
    text: "...made.filter((entry) => !before",
    instead: "...made.slice(0, 0).filter((entry) => !before",
    cases: { [JOURNAL]: ["is not taken while another run has just made a record that was not there before"] },
  },
  {
    guard: "what an interrupted run began is ended first",
    file: "lifecycle/journal/interrupted.ts",
    text: "const row = await decide(context, urn, inputs, entry);",
    instead: "const row = undefined;",
    cases: {
      [INTERRUPTED]: [
        "goes into the state of the next run unchanged",
        "stops where ",
        "is not sent again until a person decides",
      ],
    },
  },
  {
    guard: "an unfinished create of a living process is waited for",
    file: "lifecycle/journal/journal.ts",
    text: "clock.now() - since >= windowMs) return entry;",
    instead: "clock.now() >= since) return entry;",
    cases: {
      [JOURNAL]: ["takes one window where its process lives, and is told once"],
      [INTERRUPTED]: ["make one: the other waits for it, and is refused"],
    },
  },
  {
    guard: "the window is counted from when a process first saw the entry",
    file: "lifecycle/journal/journal.ts",
    text: "const since = this.firstSeen.get(name) ?? clock.now();",
    instead: "const since = clock.now();",
    cases: { [JOURNAL]: ["is not begun anew for the next create that meets the same entry"] },
  },
  {
    guard: "the window is counted on a monotonic clock",
    file: "lifecycle/journal/journal.ts",
    text: "const { clock, self, windowMs } = this.options;",
    instead:
      "const { clock: real, self, windowMs } = this.options;\n    const clock = { now: () => real.date(), sleep: (ms: number) => real.sleep(ms) };",
    cases: { [JOURNAL]: ["does not heed the calendar"] },
  },
  {
    guard: "a process of another machine is never provably gone",
    file: "lifecycle/journal/processIdentity.ts",
    text: 'if (one.machine !== self.machine) return "unknown";',
    instead: 'if (one.machine !== self.machine) return "ended";',
    cases: {
      [IDENTITY]: ["not provably on another machine"],
      [JOURNAL]: ["takes one window on another machine"],
    },
  },
  {
    guard: "a process without a known start is never provably another one",
    file: "lifecycle/journal/processIdentity.ts",
    text: 'if (one.started === "" || started === undefined) return "unknown";',
    instead: "",
    cases: { [IDENTITY]: ["not provably where its number is taken and no start is known"] },
  },
  {
    guard: "an entry that this version cannot read stops a create",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (!context.overrides.createUnknown.has(entry.name)) throw unreadableEntry(inputs, entry);",
    instead: "",
    cases: { [VERSIONS]: ["stops a create of its affiliate and offer, and stays"] },
  },
  {
    guard: "an entry that this version cannot read stops a create also where it came late",
    file: "lifecycle/journal/journal.ts",
    text: "for (const entry of unreadable) throw unreadableEntry(subject.declaration, entry);",
    instead: "if (unreadable.length < 0) throw unreadableEntry(subject.declaration, unreadable[0]);",
    cases: { [VERSIONS]: ["also where it came after the journal was read"] },
  },
  {
    guard: "a complete first line that cannot be read is not a crash before anything was sent",
    file: "lifecycle/journal/entry.ts",
    text: "if (!known.success) return { name, version: v.is(versioned, first) ? first.version : undefined };",
    instead: "if (!known.success) return undefined;",
    cases: { [VERSIONS]: ["stops a create of its affiliate and offer, and stays"] },
  },
  {
    guard: "a state that a newer version marked is not touched",
    file: "lifecycle/safety/stateVersion.ts",
    text: 'if (!isNewer("state", version)) return;',
    instead: 'if (version !== null || isNewer("state", version)) return;',
    cases: { [VERSIONS]: ["is neither compared, changed, deactivated nor dropped"] },
  },
  {
    guard: "what was never sent by a process that is gone is the only entry that proves itself",
    file: "lifecycle/journal/interrupted.ts",
    text: 'if (entry.phase === "taken" && journal.hasEnded(entry)) return undefined;',
    instead: 'if (entry.phase === "taken") return undefined;',
    cases: { [INTERRUPTED]: ["taken by another machine"] },
  },
  {
    guard: "an interrupted create is known under the former name of its instance",
    file: "lifecycle/context.ts",
    text: "domains: [this.domain, ...formerDomains]",
    instead: "domains: [this.domain, ...formerDomains.slice(0, 0)]",
    cases: {
      [INTERRUPTED]: ["is known again under the new name of its instance"],
    },
  },
  {
    guard: "what an interrupted create made is never changed",
    file: "lifecycle/create.ts",
    text: "if (own) return adoptUnchanged(context, urn, own);",
    instead: "if (own && adoptUnchanged) return adoptLive(context, urn, inputs, own);",
    cases: { [INTERRUPTED]: ["is taken as it is where it is declared"] },
  },
  {
    guard: "another resource's interrupted create stops",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (more.length > 0 || !isOurs || !isEqual(row))",
    instead: "if (more.length > 0 || !isEqual(row))",
    cases: { [INTERRUPTED]: ["stops where "] },
  },
  {
    guard: "an interrupted create whose program was edited stops",
    file: "lifecycle/journal/interrupted.ts",
    text: "const isOurs = urn !== undefined && entry.urn === urn && isAbout(entry, inputs);",
    instead: "const isOurs = urn !== undefined && entry.urn === urn;",
    cases: { [INTERRUPTED]: ["the URL was edited: nothing is changed"] },
  },
  {
    guard: "several records that could be an interrupted create stop",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (more.length > 0 || !isOurs || !isEqual(row))",
    instead: "if (!isOurs || !isEqual(row))",
    cases: { [INTERRUPTED]: ["stops where several records could be it"] },
  },
  {
    guard: "a record that only may be an interrupted create stops",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (more.length > 0 || !isOurs || !isEqual(row))",
    instead: "if (more.length > 0 || !isOurs)",
    cases: { [INTERRUPTED]: ["stops where CAKE spells it so that it is not known again"] },
  },
  {
    guard: "a new record of the pair may be the interrupted create",
    file: "lifecycle/journal/interrupted.ts",
    text: ": isNewOf(row, entry);",
    instead: ": isNewOf(row, entry) && isSubjectOf(row, entry);",
    cases: { [INTERRUPTED]: ["is not sent while a new record of its pair may be what CAKE made of it"] },
  },
  {
    guard: "only what was not there before may be an interrupted create",
    file: "lifecycle/journal/interrupted.ts",
    text: "return isOfPair && !(before?.includes(row.postbackId) ?? false);",
    instead: "return isOfPair && before !== null;",
    cases: { [INTERRUPTED]: ["is sent beside other postbacks of its pair that were there before"] },
  },
  {
    guard: "a record that was deactivated in CAKE is no interrupted create",
    file: "lifecycle/journal/interrupted.ts",
    text: "isIts(row) && mayFire(row));",
    instead: "isIts(row) && mayFire !== undefined);",
    cases: { [INTERRUPTED]: ["by deactivating it in CAKE"] },
  },
  {
    guard: "an interrupted create is made again only if a complete list proves its absence",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (made === undefined) return doubtIn(read);",
    instead: "if (made === undefined) return undefined;",
    cases: { [INTERRUPTED]: ["is not sent while the list"] },
  },
  {
    guard: "without a list, only CAKE's own answer settles an interrupted create",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (entry.made === undefined || !isOurs)",
    instead: "if (!isOurs)",
    cases: { [INTERRUPTED]: ["is not sent again until a person decides"] },
  },
  {
    guard: "without a list, another resource's interrupted create stops",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (entry.made === undefined || !isOurs)",
    instead: "if (entry.made === undefined)",
    cases: { [INTERRUPTED]: ["made, and edited in the program since, where there is no list: it stops"] },
  },
  {
    guard: "a person's word counts only for the entry that it names",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (overrides.createUnknown.has(entry.name)) return undefined;",
    instead: "if (overrides.createUnknown.size > 0) return undefined;",
    cases: { [INTERRUPTED]: ["is not decided by a word about another entry"] },
  },
  {
    guard: "an entry outlives its create until a state shows the record",
    file: "lifecycle/journal/journal.ts",
    text: '    attempt(() => this.file?.append(phaseLine("made", record)));\n    this.leave();',
    instead: '    attempt(() => this.file?.append(phaseLine("made", record)));\n    this.end();',
    cases: { [INTERRUPTED]: ["made: CAKE has confirmed it, so it is taken without a POST"] },
  },
  {
    guard: "only the record that an entry names ends it",
    file: "lifecycle/journal/journal.ts",
    text: "if (entry.made?.postbackId === postbackId) this.end(entry);",
    instead: "if (postbackId > 0) this.end(entry);",
    cases: { [JOURNAL]: ["not when a state shows another record", "not as long as nobody knows its record"] },
  },
  {
    guard: "only a state of the same instance ends an entry",
    file: "lifecycle/journal/journal.ts",
    text: "found.filter((entry) => this.isOfInstance(entry))",
    instead: "found.filter((entry) => this.isOfInstance && entry)",
    cases: { [JOURNAL]: ["not when a state shows another record, or one of another instance"] },
  },
  {
    guard: "only its own record settles an entry",
    file: "lifecycle/journal/journal.ts",
    text: "if (isOfPair && isNew && isIts)",
    instead: "if (isNew && (isIts || isOfPair))",
    cases: { [JOURNAL]: ["a record of another affiliate with the same URL settles nothing"] },
  },
  {
    guard: "what CAKE has confirmed is not posted a second time",
    file: "lifecycle/journal/interrupted.ts",
    text: 'if (entry.phase !== "made") return false;',
    instead: 'if (entry.phase !== "made") return false;\n  if (replacements !== undefined) return true;',
    cases: {
      [INTERRUPTED]: [
        "made: CAKE has confirmed it, so it is taken without a POST",
        "and changed in CAKE since: it stops",
      ],
    },
  },
  {
    guard: "where there is no list, the journal stops an equal postback of another resource",
    file: "lifecycle/safety/liveDuplicates.ts",
    text: "if (!mayBeMade && isAbout(entry, declaration)) {",
    instead: "if (!mayBeMade && isAbout(entry, declaration) && urn === undefined) {",
    cases: {
      [INTERRUPTED]: ["an equal postback of another resource that no state has shown is not made again"],
    },
  },
  {
    guard: "creates of one affiliate and offer go one after the other",
    file: "lifecycle/turns.ts",
    text: "const before = this.last.get(name) ?? Promise.resolve();",
    instead: "const before = Promise.resolve();",
    cases: {
      "unit/lifecycle/turns.test.ts": ["operations of one name go one after the other"],
      [CREATE]: ["goes after another one of its affiliate and offer"],
    },
  },
  {
    guard: "an unclear create is no create that never arrived before that is proven",
    file: "lifecycle/journal/interrupted.ts",
    text: 'return doubt === undefined ? "absent" :',
    instead: 'return doubt === undefined || doubt ? "absent" :',
    cases: { [CREATE]: ["stays unknown where the list"] },
  },
  {
    guard: "without a list, an unclear create stays unknown",
    file: "lifecycle/create.ts",
    text: "? { unknown: phrases.noList }",
    instead: '? ("absent" as const)',
    cases: { [CREATE]: ["stays unknown where the settings say that there is no list"] },
  },
  {
    guard: "a new record of the pair may be the unclear create",
    file: "lifecycle/journal/interrupted.ts",
    text: "[...read.rows.values()].filter(isNew);",
    instead: "[...read.rows.values()].filter(isItsOwn);",
    cases: { [CREATE]: ["is not proven absent by a new record that is spelled otherwise"] },
  },
  {
    guard: "several records that could be an unclear create are left to a person",
    file: "lifecycle/journal/interrupted.ts",
    text: "if (more.length === 0 && isItsOwn(row)) return row;",
    instead: "if (isItsOwn(row)) return row;",
    cases: { [CREATE]: ["is left to a person where several new records could be it"] },
  },
  {
    guard: "the entry of an unclear create stays",
    file: "lifecycle/create.ts",
    text: "  lock.leave();\n  const why = phrases.answered",
    instead: "  lock.end();\n  const why = phrases.answered",
    cases: {
      [CREATE]: [
        "the entry stays and is named",
        "in a CAKE that has no postback yet can be decided by a person",
      ],
    },
  },
];
