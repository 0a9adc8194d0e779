import type { SandboxInstance } from "../../provider/sandbox";
import type { OperationResult, Stack } from "../runner";
import { screen } from "./screen";

/** The affiliate of examples/quickstart. */
const AFFILIATE = 67890;

/** The life of a stack, step by step, each with the calls that CAKE saw. Ends with what is wrong, if anything is. */
export async function tellStory(stack: Stack, cake: SandboxInstance): Promise<void> {
  const step = stepper(cake);
  const onOutput = screen.engineLines;

  await step("pulumi preview", "What would change? Asks CAKE nothing.", () => stack.preview({ onOutput }));
  await step("pulumi up", "One look at what is live, then one POST for each new postback.", () =>
    stack.up({ onOutput }),
  );
  screen.records("Live at CAKE now:", cake, AFFILIATE);

  const again = await step("pulumi up", "Again: nothing to do, and CAKE is not asked.", () =>
    stack.up({ onOutput }),
  );
  expectOnlySame(again);

  const edited = driftByHand(cake);
  screen.title(
    `   Somebody edits postback ${edited} in CAKE: the click id now comes from #s1#, and conversions go unmatched.`,
  );
  await step("pulumi refresh", "Reads the list once and notices.", () => stack.refresh({ onOutput }));
  await step("pulumi preview --diff", "Live value against declared value, parameter by parameter.", () =>
    stack.preview({ onOutput, diff: true }),
  );
  await step("pulumi up", "Puts the declared URL back: looks first, sends only what changed.", () =>
    stack.up({ onOutput }),
  );
  screen.records("Live at CAKE now:", cake, AFFILIATE);

  await step("pulumi destroy", "CAKE cannot delete postbacks: they are set to inactive.", () =>
    stack.destroy({ onOutput }),
  );
  screen.records("Live at CAKE now:", cake, AFFILIATE);
}

function stepper(cake: SandboxInstance) {
  let number = 0;
  return async (
    command: string,
    meaning: string,
    run: () => Promise<OperationResult>,
  ): Promise<OperationResult> => {
    number += 1;
    screen.step(number, command, meaning);
    cake.forgetRequests();
    const result = await run();
    screen.calls(cake.requests);
    return result;
  };
}

function driftByHand(cake: SandboxInstance): number {
  const row = cake.postbacks().find(({ affiliateId }) => affiliateId === AFFILIATE);
  if (!row) throw new Error("The stack came up, but CAKE holds no postback of it.");
  cake.edit(row.postbackId, { postbackUrl: row.postbackUrl.replace("#s2#", "#s1#") });
  return row.postbackId;
}

function expectOnlySame({ changeSummary }: OperationResult): void {
  const changes = Object.keys(changeSummary).filter((op) => op !== "same");
  if (changes.length > 0)
    throw new Error(`The second up should change nothing, and it did: ${changes.join(", ")}.`);
}
