/** The commands that stand in README, docs, READMEs of examples and in `--help`, as a test runs them. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documentedCommands } from "./commandLine";
import { pagesIn, withoutParts } from "./pages";

/** Commands that follow each other in one place. */
export interface Story {
  /** The page, and the heading or purpose that it stands under. */
  readonly title: string;
  /** What there is before the first command. */
  readonly place: "project" | "nothing" | `examples/${string}`;
  readonly commands: readonly string[];
  /** The program that the page asks to write. */
  readonly program: string | undefined;
}

const PROGRAM = /^ *```ts\n(import [\s\S]*?)^ *```/m;
/** A command of a block: one line, a loop, or lines of which each but the last ends in `|` or a backslash. */
const COMMAND = /^.*; do\n[\s\S]*?\n *done$|^(?:.*[|\\]\n)*.*\S.*$/gm;
/** What makes a page a story that begins with nothing: it writes a project, or copies one. */
export const MAKES_A_PROJECT = "> Pulumi.yaml";
const COPIES_A_PROJECT = /^cp node_modules\/pulumi-cake\/examples\//m;
/** Code in a line of text that is a command, not the name of one. */
const INLINE = /^(?:[A-Z_]+=\S+ )*(?:npx |npm |pulumi )\S/;
/** A name only, such as `pulumi state move`: its help is asked for, and fails if there is no such command. */
const NAME = /^(?:npx --no -- )?(?:pulumi|pulumi-cake)(?: [a-z][a-z-]*)*$/;

/** Every command once: those of pages first, then what `--help` shows beyond them, then names of commands. */
export async function stories(root: string): Promise<Story[]> {
  const texts = pagesIn(root).map((page) => ({ page, text: textOf(root, page) }));
  const written = texts.flatMap(({ page, text }) => storiesOf(page, text, placeOf(root, page, text)));
  const seen = new Set(written.flatMap(({ commands }) => (commands.length > 1 ? commands : [])));
  const others = [...written, ...(await helpStories())].filter(({ commands: [first = "", ...more] }) => {
    if (more.length > 0) return true;
    const isNew = !seen.has(first);
    seen.add(first);
    return isNew;
  });
  const names = new Set(texts.flatMap(({ text }) => inLines(text).filter(isName)));
  const asked = [...names].map((name) => `${name} --help`);
  return [...others, { title: "names of commands", place: "project", program: undefined, commands: asked }];
}

/** The help, which is generated too, has its own stories. The messages of docs/errors.md name commands in explanations. */
function textOf(root: string, page: string): string {
  const text = readFileSync(join(root, page), "utf8");
  return page === "docs/errors.md" ? text.replace(/^>.*$/gm, "") : withoutParts(text);
}

/** A page that begins a project, or explains an example, is one story; of the others each section is one. */
function storiesOf(page: string, text: string, place: Story["place"]): Story[] {
  const complete = (part: string) => inLines(part).filter((command) => !isName(command));
  if (place !== "project") {
    const program = PROGRAM.exec(text)?.[1];
    return [{ title: page, place, program, commands: [...inBlocks(text), ...complete(text)] }];
  }
  return sectionsOf(text).flatMap((section) => {
    const title = `${page}, ${/^#+ (.*)/.exec(section)?.[1] ?? ""}`;
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

function placeOf(root: string, page: string, text: string): Story["place"] {
  const directory = dirname(page);
  if (directory.startsWith("examples/") && existsSync(join(root, directory, "Pulumi.yaml")))
    return directory as `examples/${string}`;
  return text.includes(MAKES_A_PROJECT) || COPIES_A_PROJECT.test(text) ? "nothing" : "project";
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
  return [...blocks].flatMap(([, , block = ""]) => {
    const withoutComments = block.replace(/(?:^|[ \t]+)#[ \t].*$/gm, "");
    return (withoutComments.match(COMMAND) ?? []).map((command) => command.trim());
  });
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
