import { describe, expect, it } from "vitest";
import { DOORS, type Door } from "../../host/support/doors";
import { isLong, sampled } from "../../long";
import { runCell } from "./cell";
import { strikes } from "./faults";
import { messages } from "./messages";
import { type Course, FAULTS, type FaultName, OPERATIONS, type Operation, type Row, table } from "./table";

const rows: Readonly<Record<FaultName, Row>> = table;

interface Applicable {
  readonly name: string;
  readonly fault: FaultName;
  readonly operation: Operation;
  readonly course: Course;
}

const applicable: Applicable[] = FAULTS.flatMap((fault) =>
  OPERATIONS.flatMap((operation) => {
    const cell = rows[fault].cells[operation];
    return "doesNotApply" in cell ? [] : [{ name: `${operation}: ${fault}`, fault, operation, course: cell }];
  }),
);

// Every cell takes two processes: by default every fourth fault is tried with one operation, in turn, and all faults
// with all operations in the soak.
const chosen = isLong ? applicable : sampled(FAULTS, 4).flatMap((name, turn) => oneOf(name, turn));

function oneOf(name: FaultName, turn: number): Applicable[] {
  const cells = applicable.filter(({ fault }) => fault === name);
  return cells.slice(turn % cells.length).slice(0, 1);
}

describe("the table of faults", () => {
  it("has a cell for every operation under every fault, and a reason where none applies", () => {
    expect(Object.keys(strikes)).toEqual(FAULTS);
    for (const fault of FAULTS) {
      for (const operation of OPERATIONS) {
        const cell = rows[fault].cells[operation];
        if ("doesNotApply" in cell) expect(cell.doesNotApply).not.toBe("");
      }
    }
  });

  it.each(FAULTS)("blames no two for one fault: %s", (fault) => {
    const blamed = applicable
      .filter((cell) => cell.fault === fault)
      .flatMap(({ course: { ends } }) => (typeof ends === "object" ? Object.values(ends) : [ends]))
      .flatMap((end) => (end === "succeeds" ? [] : messages[end].blame))
      .filter((blame) => blame !== "own check");
    expect(new Set(blamed).size).toBeLessThanOrEqual(1);
  });
});

// By default the plugin plays every third of them.
const chosenFor = (door: Door) => (door === "dynamic" ? chosen : sampled(chosen, 3));

describe.concurrent.each(DOORS)("%s door: a run under a fault, and the next one without it", (door) => {
  it.each(chosenFor(door))("$name", async ({ fault, operation, course }) => {
    const sweep = await runCell(door, fault, operation, course);
    expect(sweep.bytes).toBeGreaterThan(0);
  });
});
