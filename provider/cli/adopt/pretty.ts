import { stripControlChars } from "../output/stripControlChars";
import { MAX_LISTED, phrases } from "./messages";
import { type AdoptReport, isUnchanged } from "./report";

/** The report for people. */
export function pretty(report: AdoptReport): string {
  const isNothing = report.toAdopt.length === 0 && report.writtenNotImported.length === 0;
  const nothing = report.selected === 0 ? phrases.nothingSelected : phrases.nothingToAdopt;
  return [...found(report), ...(isNothing ? [nothing] : done(report))].map(stripControlChars).join("\n");
}

function found(report: AdoptReport): string[] {
  const { incomplete, selected, managed, managedElsewhere, toAdopt, notAdoptable } = report;
  const count = (length: number, what: string) => (length > 0 ? [`${length} ${what}`] : []);
  return [
    phrases.live(report),
    ...incomplete.map((why) => `The list may be incomplete: ${why}.`),
    [
      `${selected} selected`,
      `${managed} managed by this stack already`,
      ...count(managedElsewhere, "managed by another stack"),
      `${toAdopt.length} to adopt`,
      ...count(report.writtenNotImported.length, "written, not imported"),
      ...count(notAdoptable.length, "not adoptable"),
    ].join(", "),
    ...some(notAdoptable.map(({ id, reason }) => `  postback ${id}: ${reason}`)),
    ...some(report.unknownIds.map((id) => `  --ids names postback ${id}, which is not in CAKE's list`)),
    ...some(report.unknownPartners.map((id) => `  --partners names affiliate ${id}, which has no postback`)),
  ];
}

function done(report: AdoptReport): string[] {
  const { written, program, programLine, next } = report;
  return [
    ...(written.length > 0 ? ["Written:", ...some(written.map((file) => `  ${file}`))] : []),
    ...(programLine === null ? [] : [phrases.addLine(program), `  ${programLine}`]),
    ...(report.preview === null ? [] : verified(report)),
    ...(next.length > 0 ? ["Next:", ...next.map((step) => `  ${step}`)] : []),
  ];
}

function verified(report: AdoptReport): string[] {
  const { imported, preview } = report;
  if (isUnchanged(report)) return [phrases.unchanged(imported)];
  const { changes = {}, errors = [] } = preview ?? {};
  const counts = Object.entries(changes).map(([what, count]) => `${count} ${what}`);
  return [
    phrases.changed(imported, errors.length > 0 ? "fails" : `shows changes: ${counts.join(", ")}`),
    ...errors.flatMap((error) => error.split("\n")),
    phrases.changedWhy,
  ];
}

function some(lines: readonly string[]): string[] {
  const rest = lines.length - MAX_LISTED;
  return rest > 0 ? [...lines.slice(0, MAX_LISTED), `  … and ${rest} more`] : [...lines];
}
