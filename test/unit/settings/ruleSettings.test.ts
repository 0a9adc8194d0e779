import { describe, expect, it } from "vitest";
import { ruleSettingsFrom } from "../../../provider/settings/ruleSettings";

const own = { id: "X01", pattern: "old\\.example", message: "is on a host that we left" };
const problemWith = (value: unknown) => {
  try {
    ruleSettingsFrom(typeof value === "string" ? value : JSON.stringify(value));
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

describe("cake:rules", () => {
  it("fills in what is left out", () => {
    expect(ruleSettingsFrom(JSON.stringify({ own: [own] }))).toEqual({
      ...{ severity: {}, macros: [], own: [{ ...own, severity: "warning" }] },
    });
  });

  it.each([
    [{ severty: {} }, "severty is not a setting of cake:rules (did you mean severity?)"],
    [{ macro: [] }, "macro is not a setting of cake:rules (did you mean macros?)"],
    [{ colors: {} }, "colors is not a setting of cake:rules (those are severity, macros, own)"],
    [{ own: [{ ...own, mesage: "x" }] }, "own.0.mesage is not a setting of a rule (did you mean message?)"],
    [{ own: [{ ...own, id: undefined }] }, "own.0.id is missing"],
    [
      { own: [{ ...own, id: "P01" }] },
      'own.0.id must be like "X01" and not begin with P, as the built-in rules do',
    ],
    [{ own: [{ ...own, pattern: "(" }] }, "own.0.pattern must be a regular expression"],
    [{ own: [{ ...own, message: 5 }] }, "own.0.message must be a string, found 5"],
    [{ own: {} }, "own must be a list, found an object"],
    [{ severity: { P12: "of" } }, 'severity.P12 must be "error" or "warning" or "off", found "of"'],
    [{ severity: [] }, "severity must be an object, found a list"],
    [{ severity: { P999: "off" } }, '"severity" names rules that do not exist: P999'],
    [{ macros: ["#a#"] }, "macros.0 must be a macro's name without #"],
    [[], "it must be an object, found a list"],
    ["{", "it is not valid JSON"],
  ])("%j: what is wrong is said in a sentence", (value, problem) => {
    expect(problemWith(value)).toBe(problem);
  });

  it("says all that is wrong at once", () => {
    expect(problemWith({ severty: {}, own: {} })).toBe(
      "own must be a list, found an object; severty is not a setting of cake:rules (did you mean severity?)",
    );
  });

  it("masks what may be a secret in a wrong value", () => {
    expect(problemWith({ macros: "https://p.example/?token=s3cr3t" })).not.toContain("s3cr3t");
  });
});
