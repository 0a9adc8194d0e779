/** A guard taken out of the code, and the test cases that have to notice. */
export interface Mutant {
  /** What holds no longer. */
  readonly guard: string;
  /** Below `provider/`. */
  readonly file: string;
  /** Text of that file, which must stand there exactly once. */
  readonly text: string;
  readonly instead: string;
  /** A test file below `test/`, of the projects `unit` and `host`, and pieces of the titles of cases that must fail. */
  readonly cases: Readonly<Record<string, readonly string[]>>;
}

/** The variable that names the mutant which the test process shall see in place of the code. */
export const MUTANT_VARIABLE = "TEST_MUTANT";

export function withoutGuard(code: string, { guard, file, text, instead }: Mutant): string {
  const parts = code.split(text);
  if (parts.length !== 2)
    throw new Error(`${guard}: the text stands ${parts.length - 1} times in provider/${file}, not once.`);
  return parts.join(instead);
}
