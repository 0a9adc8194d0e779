/** How the rules do on the corpus and its breakages, as docs/rules.md shows it. */
import { type Counts, total } from "../corpus/figures";
import { type Results, savedResults } from "../corpus/results";
import { table } from "./markdown";

export function ruleFigureParts(results: Results = savedResults()): Record<string, string> {
  return { corpusFigures: corpusTable(results), breakageFigures: breakageTable(results) };
}

function corpusTable({ corpus }: Results): string {
  const { good, published, bad, refused, warned, misjudged } = corpus;
  return table(
    ["URLs", "Number", "What the rules say"],
    [
      [
        "good",
        `${count(good)}, ${count(published)} of them published`,
        `${warned} warned about, ${refused} of them refused`,
      ],
      ["bad", count(bad), `${count(bad - misjudged)} judged as a reviewer wants`],
    ],
  );
}

function breakageTable({ groups, unseen }: Results): string {
  const all = total(Object.values(groups));
  return table(
    ["What is broken", "Made", "Change what the partner receives", "Found", "Rate"],
    [
      ...Object.entries(groups).map(([name, counts]) => row(name, counts)),
      row("**All**", all),
      row("Nobody can see it in the URL alone", unseen),
    ],
  );
}

function row(name: string, { made, changing, caught }: Counts): string[] {
  return [name, count(made), count(changing), count(caught), percent(caught / changing)];
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;
}
