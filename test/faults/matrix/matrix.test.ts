import { beforeAll, describe, expect, it } from "vitest";
import { isSoak } from "../soak";
import { runCell } from "./cell";
import { strikes } from "./faults";
import { asProcess, inTest } from "./hosts";
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

// A process costs a second of the processor: a few cells of each operation are tried with one, and all in the soak.
const ofProcesses = applicable.filter(
  ({ fault, operation }) => isSoak || rows[fault].processes?.includes(operation),
);

// The proxy of whoever runs the tests would change what becomes of names that nobody has.
beforeAll(() => {
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
});

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
      .filter((blame) => blame !== "own guard");
    expect(new Set(blamed).size).toBeLessThanOrEqual(1);
  });
});

describe.concurrent("in the session that every process has", () => {
  it.each(applicable)("$name", async ({ fault, operation, course }) => {
    const sweep = await runCell(fault, operation, course, inTest);
    expect(sweep.bytes).toBeGreaterThan(0);
  });
});

describe.concurrent("in a process of its own", () => {
  it.each(ofProcesses)("$name", async ({ fault, operation, course }) => {
    const sweep = await runCell(fault, operation, course, asProcess);
    expect(sweep.bytes).toBeGreaterThan(0);
  });
});
