import type { SandboxInstance } from "../../provider/sandbox";
import type { OperationResult, Stack } from "../runner";
import { screen } from "./screen";

/** The affiliate of examples/quickstart. */
const AFFILIATE = 67890;

/**
 * The life of a stack, step by step, each with the calls that CAKE received. Throws if the second up changes something.
 */
export async function tellStory(stack: Stack, cake: SandboxInstance): Promise<void> {
  const step = stepper(cake);
  const onOutput = screen.engineLines;

  await step("pulumi preview", "Shows what would change. Sends nothing to CAKE.", () =>
    stack.preview({ onOutput }),
  );
  await step("pulumi up", "Reads the list of live postbacks, then creates each new one.", () =>
    stack.up({ onOutput }),
  );
  screen.records("Live in CAKE now:", cake, AFFILIATE);

  const again = await step("pulumi up", "Again: nothing changes, so nothing is sent to CAKE.", () =>
    stack.up({ onOutput }),
  );
  expectOnlySame(again);

  const edited = driftByHand(cake);
  screen.title(
    `   Somebody changes postback ${edited} in CAKE. It now sends #s1# as the click ID, which the partner cannot match.`,
  );
  await step("pulumi refresh", "Reads the list again and finds the change.", () =>
    stack.refresh({ onOutput }),
  );
  await step(
    "pulumi preview --diff",
    "Compares the live URL with the declared one, parameter by parameter.",
    () => stack.preview({ onOutput, diff: true }),
  );
  await step(
    "pulumi up",
    "Restores the declared URL: reads the list first, then sends only what changed.",
    () => stack.up({ onOutput }),
  );
  screen.records("Live in CAKE now:", cake, AFFILIATE);

  await step("pulumi destroy", "CAKE cannot delete postbacks, so they are set to inactive.", () =>
    stack.destroy({ onOutput }),
  );
  screen.records("Live in CAKE now:", cake, AFFILIATE);
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
  if (!row) throw new Error("The stack is up, but CAKE has no postback of it.");
  cake.edit(row.postbackId, { postbackUrl: row.postbackUrl.replace("#s2#", "#s1#") });
  return row.postbackId;
}

function expectOnlySame({ changeSummary }: OperationResult): void {
  const changes = Object.keys(changeSummary).filter((op) => op !== "same");
  if (changes.length > 0)
    throw new Error(`The second up must change nothing, and it did: ${changes.join(", ")}.`);
}
