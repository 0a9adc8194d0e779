import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RetryBudget } from "../../../provider/http/budget";

/** How many retries are left in it. */
function drained(budget: RetryBudget): number {
  let retries = 0;
  while (budget.spend()) retries += 1;
  return retries;
}

describe("a retry budget", () => {
  it("lets the very first call be repeated three times", () => {
    expect(drained(new RetryBudget())).toBe(3);
  });

  it("is earned back by answers, ten for one retry", () => {
    const budget = new RetryBudget();
    drained(budget);
    for (let answered = 1; answered <= 9; answered += 1) budget.earn();
    expect(budget.spend()).toBe(false);
    budget.earn();
    expect(drained(budget)).toBe(1);
  });

  it("saves up no more than ten, however long all goes well", () => {
    const budget = new RetryBudget();
    for (let answered = 0; answered < 10_000; answered += 1) budget.earn();
    expect(drained(budget)).toBe(10);
  });

  it("never gives more than three and a tenth of the answers, in whatever order things happen", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("earn", "spend")), (steps) => {
        const budget = new RetryBudget();
        let [answers, retries] = [0, 0];
        for (const step of steps) {
          if (step === "spend") retries += Number(budget.spend());
          else {
            budget.earn();
            answers += 1;
          }
        }
        expect(retries).toBeLessThanOrEqual(3 + answers / 10);
      }),
      { seed: 1 },
    );
  });
});
