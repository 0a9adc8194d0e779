/** Measures, saves and prints how the rules do on the corpus and on its breakages. `npm run rules:figures`. */
import { differences, findingsIn, inShort, type Sample } from "../unit/postback/rules/support";
import { type Counts, isSeen, meanRate, total, type WayFigures } from "./figures";
import { measure } from "./results";

const EXAMPLES = 5;

function main(): void {
  const { corpus, ways } = measure();
  console.log(`good URLs: ${corpus.good}, of them ${corpus.published} published`);
  list("refused", corpus.refused);
  list("warned", corpus.warned);
  console.log(`bad URLs: ${corpus.bad}, of them ${corpus.bad - corpus.misjudged.length} found as wanted`);
  for (const sample of corpus.misjudged) {
    console.log(`  ${short(sample.url)}: ${differences(sample, findingsIn(sample)).join("; ")}`);
  }
  const seen = ways.filter(isSeen);
  console.log("\nbreakages: way: made, changing, caught, rate");
  for (const one of seen) console.log(`  ${one.name}: ${row(one)}`);
  console.log(`  all: ${row(total(seen))}`);
  console.log(`  mean of the ways: ${percent(meanRate(seen))}`);
  console.log("cannot be seen in a URL, so not in the rate:");
  for (const one of ways.filter((way) => !isSeen(way)))
    console.log(`  ${one.name} (${one.unseen}): ${row(one)}`);
  console.log(`\nmissed, ${EXAMPLES} examples for each way:`);
  for (const one of seen.filter(({ missed }) => missed.length > 0)) examples(one);
  const wrong = ways.filter(({ wrongFixes }) => wrongFixes.length > 0);
  const count = wrong.reduce((all, { wrongFixes }) => all + wrongFixes.length, 0);
  console.log(
    `\nfixes: ${total(ways).fixes} offered, ${count} of them lead to a wrong URL without a finding`,
  );
  for (const { name, wrongFixes } of wrong) {
    console.log(`  ${name}: ${wrongFixes.length}`);
    for (const text of spread(wrongFixes, EXAMPLES)) console.log(`    ${JSON.stringify(text).slice(0, 300)}`);
  }
}

function list(title: string, samples: readonly Sample[]): void {
  console.log(`  ${title}: ${samples.length}`);
  for (const sample of samples)
    console.log(`    ${short(sample.url)}: ${inShort(findingsIn(sample)).join(", ")}`);
}

function examples({ name, missed }: WayFigures): void {
  console.log(`  ${name}: ${missed.length}`);
  for (const { url } of spread(missed, EXAMPLES)) console.log(`    ${short(url)}`);
}

function row({ made, changing, caught }: Counts): string {
  return `${made}, ${changing}, ${caught}, ${changing === 0 ? "-" : percent(caught / changing)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function short(url: string): string {
  return JSON.stringify(url).slice(0, 160);
}

/** Some of the items, from all over the list. */
function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0).slice(0, count);
}

main();
