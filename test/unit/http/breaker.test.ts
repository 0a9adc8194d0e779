import { describe, expect, it } from "vitest";
import { Breaker, PROBE_EVERY_MS } from "../../../provider/http/breaker";

/** A breaker that opens with the third failure in a row, and how it took one call after the other. */
function opened() {
  const breaker = new Breaker(3);
  for (const now of [0, 1, 2]) breaker.failed(now);
  return breaker;
}
const DUE = 2 + PROBE_EVERY_MS;

describe("a breaker", () => {
  it("opens with its limit of failures in a row", () => {
    const breaker = new Breaker(3);
    breaker.failed(0);
    breaker.failed(0);
    expect(breaker.isOpen(0)).toBe(false);
    breaker.failed(0);
    expect(breaker.isOpen(0)).toBe(true);
  });

  it("starts counting anew with any answer", () => {
    const breaker = new Breaker(3);
    for (let round = 0; round < 5; round += 1) {
      breaker.failed(0);
      breaker.failed(0);
      breaker.answered();
    }
    expect(breaker.isOpen(0)).toBe(false);
  });

  it("lets one call through when the pause is over, and no other while that one is on its way", () => {
    const breaker = opened();
    expect(breaker.isOpen(DUE - 1)).toBe(true);
    expect(breaker.isOpen(DUE)).toBe(false);
    breaker.begin();
    expect(breaker.isOpen(DUE)).toBe(true);
    expect(breaker.isOpen(DUE + 60_000)).toBe(true);
  });

  it("closes with the probe's answer, and takes a whole row of failures to open again", () => {
    const breaker = opened();
    breaker.begin();
    breaker.answered();
    breaker.failed(DUE);
    breaker.failed(DUE);
    expect(breaker.isOpen(DUE)).toBe(false);
    breaker.failed(DUE);
    expect(breaker.isOpen(DUE)).toBe(true);
  });

  it("stays open for another pause when the probe fails", () => {
    const breaker = opened();
    breaker.begin();
    breaker.failed(DUE);
    expect(breaker.isOpen(DUE + PROBE_EVERY_MS - 1)).toBe(true);
    expect(breaker.isOpen(DUE + PROBE_EVERY_MS)).toBe(false);
  });

  it("closes with the answer to a call that was sent before it opened", () => {
    const breaker = opened();
    breaker.answered();
    expect(breaker.isOpen(3)).toBe(false);
  });
});
