/** JSON without what a terminal or GitHub's runner (`##[command]`) could obey; a parser reads the same values. */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join("");
  const json = JSON.stringify(value, undefined, indent);
  return json.replace(/[\p{Cc}\p{Cf}\u2028\u2029]|(?<=##)\[/gu, (character) =>
    character === "\n" ? "\n" : escaped(character),
  );
}
