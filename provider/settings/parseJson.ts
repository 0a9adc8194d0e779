/** The value of a JSON text. Throws what is wrong with it, as the second half of a sentence that quotes nothing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is not valid JSON");
  }
}
