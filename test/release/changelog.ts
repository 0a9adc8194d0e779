import MarkdownIt from "markdown-it";

/** What the changelog says about a version, without the heading; undefined if it says nothing. */
export function sectionOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split(/\r?\n/);
  const headings = versionHeadings(changelog);
  const index = headings.findIndex(({ title }) => title === version);
  const heading = headings[index];
  if (heading === undefined) return undefined;
  const text = lines
    .slice(heading.end, headings[index + 1]?.start)
    .join("\n")
    .trim();
  return hasText(text) ? text : undefined;
}

/** The section as notes of a release, where its links to files of the project lead nowhere unless they are complete. */
export function releaseNotes(
  changelog: string,
  version: string,
  addressOf: (path: string) => string,
): string {
  const section = sectionOf(changelog, version);
  if (section === undefined) throw new Error(`CHANGELOG.md says nothing under "## ${version}".`);
  return section.replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, path: string) => `](${addressOf(path)})`);
}

/** Headings inside of code are not headings. */
function versionHeadings(changelog: string) {
  const tokens = new MarkdownIt({ html: true }).parse(changelog, {});
  return tokens.flatMap(({ type, tag, level, map }, index) => {
    if (type !== "heading_open" || tag !== "h2" || level !== 0 || map === null) return [];
    return [{ title: tokens[index + 1]?.content, start: map[0], end: map[1] }];
  });
}

/** Headings alone, such as "Minor Changes", tell nobody anything. */
function hasText(section: string): boolean {
  return new MarkdownIt({ html: true })
    .parse(section, {})
    .some(({ type }, index, all) => type === "inline" && all[index - 1]?.type !== "heading_open");
}
