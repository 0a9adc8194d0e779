import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LicensedPackage, unlicensed } from "../licenses";

/** Packages that come without the text: the one of the same repository and author that has it. */
const TEXT_OF: Readonly<Record<string, string>> = { "proxy-agent-negotiate": "https-proxy-agent" };

interface Notice extends LicensedPackage {
  readonly text: string;
}

/**
 * The licenses of bundled packages, with their texts: who passes their code on must pass these on.
 *
 * @throws If a license is not on the list, or a package has no text of it.
 */
export function thirdPartyNotices(folders: readonly string[]): string {
  const notices = folders.map(noticeOf);
  const missing = notices.filter(({ text }) => text === "").map(({ name }) => `${name} has no license text.`);
  const problems = [...unlicensed(notices), ...missing];
  if (problems.length > 0) throw new Error(`The plugin cannot be passed on:\n${problems.join("\n")}`);
  const sections = notices.map(
    ({ name, version, license, text }) => `${"-".repeat(80)}\n${name} ${version}: ${license}\n\n${text}\n`,
  );
  return `pulumi-resource-cake contains code of these packages.\n\n${sections.join("\n")}`;
}

function noticeOf(folder: string): Notice {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return {
    name,
    version,
    license,
    text: textsIn(join(folder, "..", TEXT_OF[name] ?? name.replace(/^.*\//, ""))),
  };
}

function textsIn(folder: string): string {
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length > 0) return texts.join("\n\n");
  // Some have it at the end of their page alone.
  const readme = readdirSync(folder).find((file) => /^readme/i.test(file));
  const page = readme === undefined ? "" : readFileSync(join(folder, readme), "utf8");
  return /^(?:#+ *)?License\n(?:-+\n)?(?<text>[\s\S]*)/im.exec(page)?.groups?.text?.trim() ?? "";
}
