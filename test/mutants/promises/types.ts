import type { Mutant } from "../mutant";

const READ = "unit/lifecycle/read.test.ts";
const LIVE = "unit/lifecycle/safety/liveDuplicates.test.ts";

/** A name of a type that no article tells, or that was never seen, proves neither equality nor difference. */
export const types: readonly Mutant[] = [
  {
    guard: "an unknown name of a type never makes two postbacks different",
    file: "postback/postback.ts",
    text: 'if (known === undefined) return "unknown";',
    instead: 'if (known === undefined) return "different";',
    cases: {
      [LIVE]: ["with a type that no article names"],
      "unit/lifecycle/create.test.ts": ["may have a type whose name no article tells"],
      "unit/lifecycle/safety/adoption.test.ts": ["may have a type whose name no article tells"],
    },
  },
  {
    guard: "a duplicate is refused also where its type is unknown",
    file: "postback/equality.ts",
    text: 'matchType(row.postbackType, declaration.postbackTypeId) !== "different"',
    instead: 'matchType(row.postbackType, declaration.postbackTypeId) === "equal"',
    cases: { [LIVE]: ["with a type that no article names"] },
  },
  {
    guard: "a changed name of a type is drift",
    file: "lifecycle/safety/fetchLive.ts",
    text: '...(typeDrifted ? ["postbackType"] : []),',
    instead: "...(typeDrifted ? [] : []),",
    cases: { "unit/lifecycle/update.test.ts": ["is not overwritten: "] },
  },
  {
    guard: "another name of a type drops the type that was known",
    file: "lifecycle/state.ts",
    text: "(isSameName ? known.postbackTypeId : undefined)",
    instead: "(isSameName ? known.postbackTypeId : known.postbackTypeId)",
    cases: { [READ]: ["another name is drift that drops the known type"] },
  },
  {
    guard: "a type that cannot be compared replaces nothing",
    file: "lifecycle/diff.ts",
    text: '  if (field === "postbackTypeId" && olds.postbackTypeId === undefined) return false;\n',
    instead: "",
    cases: { "unit/lifecycle/diff.test.ts": ["never replaces a live postback"] },
  },
];
