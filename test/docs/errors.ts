import ts from "typescript";
import { formatMessage } from "../../provider/message";
import { sourceFile } from "./docstrings";
import { inert } from "./markdown";
import { ROOMS, type Room } from "./messages/rooms";

/** A message as docs/errors.md shows it. */
export interface DocumentedMessage {
  readonly name: string;
  readonly code: string;
  readonly text: string;
  /** Its docstring. */
  readonly explanation: string;
}

/** The generated part of docs/errors.md. */
export function errorParts(root: string): Record<string, string> {
  const rooms = ROOMS.map((room) =>
    [`## ${room.title}`, ...messagesOf(root, room).map(paragraph)].join("\n\n"),
  );
  return { errors: rooms.join("\n\n") };
}

export function messagesOf(root: string, { file, examples }: Room): DocumentedMessage[] {
  const explanations = explanationsIn(sourceFile(`${root}/${file}`));
  return Object.entries(examples).map(([name, { code, text }]) => ({
    name,
    code,
    text,
    explanation: explanations.get(name) ?? "",
  }));
}

function paragraph({ code, text, explanation }: DocumentedMessage): string {
  const quoted = formatMessage({ code, text })
    .split("\n")
    .map((line) => `> ${inert(line)}`)
    .join("\n>\n");
  return `### ${code}\n\n${quoted}\n\n${explanation}`;
}

/** The docstring of each member of `messages`. */
function explanationsIn(source: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
      const text = comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join("\n\n");
      if (text !== "") found.set(node.name.getText(source), text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
