/** The commands that stand in README, docs, READMEs of examples and in `--help`, as a test runs them. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documentedCommands } from "./commandLine";

/** Commands that follow each other in one place. */
export interface Story {
  /** The document, and the heading or purpose that it stands under. */
  readonly title: string;
  /** What there is before the first command. */
  readonly place: "project" | "nothing" | `examples/${string}`;
  readonly commands: readonly string[];
  /** The program that the document asks to write. */
  readonly program: string | undefined;
}

const PROGRAM = /^ *```ts\n(import [\s\S]*?)^ *```/m;
const MAKES_A_PROJECT = "> Pulumi.yaml";
/** Code in a line of text that is a command, not the name of one. */
const INLINE = /^(?:[A-Z_]+=\S+ )*(?:npx |npm |pulumi )\S/;
/** A name only, such as `pulumi state move`: its help is asked for, and fails if there is no such command. */
const NAME = /^(?:npx --no -- )?(?:pulumi|pulumi-cake)(?: [a-z][a-z-]*)*$/;

/** Every command once: those of documents first, then what `--help` shows beyond them, then names of commands. */
export async function stories(root: string): Promise<Story[]> {
  const texts = documents(root).map((document) => ({ document, text: writtenText(root, document) }));
  const told = texts.flatMap(({ document, text }) =>
    storiesOf(document, text, placeOf(root, document, text)),
  );
  const seen = new Set(told.flatMap(({ commands }) => (commands.length > 1 ? commands : [])));
  const others = [...told, ...(await helpStories())].filter(({ commands: [first = "", ...more] }) => {
    if (more.length > 0) return true;
    const isNew = !seen.has(first);
    seen.add(first);
    return isNew;
  });
  const names = new Set(texts.flatMap(({ text }) => inLines(text).filter(isName)));
  const asked = [...names].map((name) => `${name} --help`);
  return [...others, { title: "names of commands", place: "project", program: undefined, commands: asked }];
}

function documents(root: string): string[] {
  const below = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md") && !path.includes("node_modules"))
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
      .sort();
  return ["README.md", ...below("docs"), ...below("examples")];
}

/** What is generated is held where it is made. */
function writtenText(root: string, document: string): string {
  const text = readFileSync(join(root, document), "utf8");
  return text.replace(/<!-- (\w+):start -->[\s\S]*?<!-- \1:end -->/g, "");
}

/** A document that begins a project, or explains an example, is one story; of the others each section is one. */
function storiesOf(document: string, text: string, place: Story["place"]): Story[] {
  const complete = (part: string) => inLines(part).filter((command) => !isName(command));
  if (place !== "project") {
    const program = PROGRAM.exec(text)?.[1];
    return [{ title: document, place, program, commands: [...inBlocks(text), ...complete(text)] }];
  }
  return sectionsOf(text).flatMap((section) => {
    const title = `${document}, ${/^#+ (.*)/.exec(section)?.[1] ?? ""}`;
    const alone = complete(section).map((command) => [command]);
    return [inBlocks(section), ...alone]
      .filter(({ length }) => length > 0)
      .map((commands) => ({ title, place, program: undefined, commands }));
  });
}

/** A comment in a block of code is no heading. */
function sectionsOf(text: string): string[] {
  const sections = [""];
  let isCode = false;
  for (const line of text.split("\n")) {
    if (/^ *```/.test(line)) isCode = !isCode;
    if (!isCode && /^#+ /.test(line)) sections.push("");
    sections[sections.length - 1] += `${line}\n`;
  }
  return sections;
}

function placeOf(root: string, document: string, text: string): Story["place"] {
  const folder = dirname(document);
  if (folder.startsWith("examples/") && existsSync(join(root, folder, "Pulumi.yaml")))
    return folder as `examples/${string}`;
  return text.includes(MAKES_A_PROJECT) ? "nothing" : "project";
}

async function helpStories(): Promise<Story[]> {
  const commands = await documentedCommands();
  return commands.flatMap(({ command, help }) =>
    help.uses.map((use): Story => {
      const title = `${command.name()} --help, ${use.for}`;
      return { title, place: "project", program: undefined, commands: [use.command] };
    }),
  );
}

function inBlocks(text: string): string[] {
  const blocks = text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```/gm);
  return [...blocks].flatMap(([, , block = ""]) => commandsIn(block));
}

/** The commands of a block, those of several lines as one. */
function commandsIn(block: string): string[] {
  const commands: string[] = [];
  let open = "";
  for (const line of block.split("\n").map(withoutComment)) {
    open = open === "" ? line.trim() : `${open}\n${line}`;
    if (open === "" || !isComplete(open)) continue;
    commands.push(open);
    open = "";
  }
  if (open !== "") throw new Error(`This command does not end: ${open}`);
  return commands;
}

function withoutComment(line: string): string {
  return line.replace(/(?:^|\s+)#\s.*$/, "");
}

function isComplete(command: string): boolean {
  if (/[|\\]$/.test(command)) return false;
  try {
    execFileSync("bash", ["-n", "-c", withValues(command, {})], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Commands in lines of text. */
function inLines(text: string): string[] {
  const prose = text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2$/gm, "");
  return [...prose.matchAll(/`([^`]+)`/g)]
    .map(([, code = ""]) => code.replace(/\s+/g, " ").replace(/^pulumi-cake /, "npx --no -- pulumi-cake "))
    .filter((code) => INLINE.test(code));
}

function isName(command: string): boolean {
  return NAME.test(command);
}

/** The command with a value for each `<placeholder>`. */
export function withValues(command: string, values: Readonly<Record<string, string>>): string {
  return command.replace(
    /<([a-z][a-z ./-]*)>/g,
    (placeholder, name: string) => values[name] ?? `"${placeholder}"`,
  );
}
