import type { Mutant } from "../mutant";

const CREATE = "unit/lifecycle/create.test.ts";
const DIFF = "unit/lifecycle/diff.test.ts";
const FOLDER = "unit/lifecycle/journal/folder.test.ts";
const JOURNAL = "unit/lifecycle/journal/journal.test.ts";
const OWNERSHIP = "unit/lifecycle/safety/ownership.test.ts";
const CLIENT = "unit/cake/client.test.ts";
const KILLED = "host/killedEngine.test.ts";
const END = "host/processEnd.test.ts";

/** A process ends with its engine and sends nothing after it; a journal that cannot be used stops what would be written. */
export const processEnd: readonly Mutant[] = [
  {
    guard: "an idle process ends with its engine",
    file: "door/providerProcess.ts",
    text: "(gone ? this.end() : undefined)",
    instead: "(gone ? undefined : undefined)",
    cases: { [END]: ["ends by itself while it is idle"] },
  },
  {
    guard: "nothing is sent for an engine that is gone",
    file: "door/providerProcess.ts",
    text: "if (await this.isEngineGone()) throw",
    instead: "if (!this.isEngineGone()) throw",
    cases: { [KILLED]: ["is never sent, and the process ends, after a list that took long"] },
  },
  {
    guard: "only a refused connection proves that the engine is gone",
    file: "http/listening.ts",
    text: "resolve(isRefusal(error))",
    instead: "resolve(error instanceof Error)",
    cases: { [KILLED]: ["is sent where the engine's address tells nothing: 255"] },
  },
  {
    guard: "a write in flight gets its time and no more",
    file: "door/providerProcess.ts",
    text: "      systemClock.sleep(LAST_WRITE_MS),\n",
    instead: "",
    cases: { [END]: ["ends while a create waits for its answer"] },
  },
  {
    guard: "a write in flight gets its time",
    file: "door/providerProcess.ts",
    text: "this.opened?.halt(new EngineGone(messages.engineGone())) ?? Promise.resolve(),",
    instead: "Promise.resolve(),",
    cases: { [END]: ["lets a write in flight end, which the journal then has as made"] },
  },
  {
    guard: "a broken stderr ends the process",
    file: "door/providerProcess.ts",
    text: '    process.stderr.on("error", () => void this.end());\n',
    instead: '    process.stderr.on("error", () => undefined);\n',
    cases: { [END]: ["ends when it has something to say on stderr"] },
  },
  {
    guard: "a broken stdout ends the process",
    file: "door/providerProcess.ts",
    text: '    process.stdout.on("error", () => void this.end());\n',
    instead: '    process.stdout.on("error", () => undefined);\n',
    cases: { [END]: ["ends when something prints on stdout"] },
  },
  {
    guard: "a create asks for its engine right before it is sent",
    file: "lifecycle/create.ts",
    text: "      await context.requireEngine();\n",
    instead: "",
    cases: { [CREATE]: ["whose engine is gone sends nothing and leaves no entry"] },
  },
  {
    guard: "a change asks for its engine right before it is sent",
    file: "lifecycle/safety/write.ts",
    text: "() => context.requireEngine()",
    instead: "async () => undefined",
    cases: { "unit/lifecycle/update.test.ts": ["reads the record, sends what changed and nothing else"] },
  },
  {
    guard: "permission to write is asked for after every wait",
    file: "cake/calls.ts",
    text: "      await call.beforeSend?.();\n",
    instead: "",
    cases: { [CLIENT]: ["is asked for before each POST, retries too", "that is denied ends the call"] },
  },
  {
    guard: "what waits is dropped when the process ends",
    file: "cake/calls.ts",
    text: "    this.halted.end(reason);\n",
    instead: "",
    cases: { [CLIENT]: ["drops what waits for a turn, a rate or a retry"] },
  },
  {
    guard: "what was let through while the process ended is dropped",
    file: "cake/calls.ts",
    text: "      operation.deadline += clock.now() - queuedAt;\n      permit();\n",
    instead: "      operation.deadline += clock.now() - queuedAt;\n",
    cases: { [CLIENT]: ["drops what waits for permission to write"] },
  },
  {
    guard: "the process does not end before its writes have settled",
    file: "cake/calls.ts",
    text: "      this.writes.add(sent);\n",
    instead: "",
    cases: { [CLIENT]: ["lets a write in flight go on, and says when no write is"] },
  },
  {
    guard: "a journal that others may read or place things in is not used",
    file: "lifecycle/journal/folder.ts",
    text: "if (problem !== undefined) throw",
    instead: "if (problem === null) throw",
    cases: { [FOLDER]: ["one refusal says why, and what to set"] },
  },
  {
    guard: "what else lies in the place of an entry is not read",
    file: "lifecycle/journal/folder.ts",
    text: "if (!fstatSync(file).isFile()) return undefined;",
    instead: "",
    cases: { [FOLDER]: ["is not read, and nobody waits for it"] },
  },
  {
    guard: "a journal that cannot be used does not stop a preview",
    file: "lifecycle/safety/ownership.ts",
    text: 'attempt(() => this.run.write({ action: "kept", postbackId, urn }));',
    instead: 'this.run.write({ action: "kept", postbackId, urn });',
    cases: {
      [DIFF]: ["works with a journal that cannot be used"],
      [OWNERSHIP]: ["does not stop a diff, and stops what would be written"],
    },
  },
  {
    guard: "a journal that cannot be used stops what would be taken or deactivated",
    file: "lifecycle/safety/ownership.ts",
    text: "    this.run.write(record);\n",
    instead: "    attempt(() => this.run.write(record));\n",
    cases: { [OWNERSHIP]: ["does not stop a diff, and stops what would be written"] },
  },
  {
    guard: "a file that could not be begun is removed",
    file: "lifecycle/journal/folder.ts",
    text: "        this.reach(() => unlinkSync(join(path, name)));\n        throw error;",
    instead: "        throw error;",
    cases: { [FOLDER]: ["while a file is begun leaves none"] },
  },
  {
    guard: "a disk that takes only a part of an entry is told",
    file: "lifecycle/journal/folder.ts",
    text: "if (writeSync(this.file, bytes) < bytes.length)",
    instead: "if (writeSync(this.file, bytes) < 0)",
    cases: { [FOLDER]: ["while a file is begun leaves none: partOfWrite"] },
  },
  {
    guard: "an entry that could not be completed is removed",
    file: "lifecycle/journal/journal.ts",
    text: "    } catch (error) {\n      this.end();\n      throw error;",
    instead: "    } catch (error) {\n      throw error;",
    cases: { [JOURNAL]: ["that the disk does not hold leaves nothing"] },
  },
  {
    guard: "a create that CAKE refuses leaves no entry",
    file: "lifecycle/create.ts",
    text: "if (wasRefused) lock.end();",
    instead: "if (wasRefused) lock.leave();",
    cases: { [CREATE]: ["that CAKE refuses leaves no entry"] },
  },
];
