/** The docstrings of the package's declarations. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { code } from "./markdown";

/** A property, as its docstring describes it. */
export interface Member {
  readonly name: string;
  /** Has a question mark, or `undefined` in its type. */
  readonly optional: boolean;
  readonly text: string;
  /** The default, as code. */
  readonly fallback: string;
}

export function sourceFile(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

/** The documented properties of an interface or a class, without its static ones. */
export function membersOf(source: ts.SourceFile, declaration: string): Member[] {
  const found = declarationOf(source, declaration);
  return [...(ts.isFunctionDeclaration(found) ? [] : found.members)].flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) return [];
    const fallback = ts.getJSDocTags(member).find((tag) => tag.tagName.text === "default")?.comment;
    return [
      {
        name: member.name.getText(source),
        optional:
          member.questionToken !== undefined || /\bundefined\b/.test(member.type?.getText(source) ?? ""),
        text: textOf(member),
        fallback: fallback === undefined ? "" : code(ts.getTextOfJSDocComment(fallback) ?? ""),
      },
    ];
  });
}

/** What the docstring of an interface, a class or a function says before its first tag. */
export function docstringOf(source: ts.SourceFile, declaration: string): string {
  return textOf(declarationOf(source, declaration));
}

function declarationOf(source: ts.SourceFile, name: string) {
  for (const one of source.statements)
    if (ts.isInterfaceDeclaration(one) || ts.isClassDeclaration(one) || ts.isFunctionDeclaration(one))
      if (one.name?.text === name) return one;
  throw new Error(`${source.fileName} declares no ${name}.`);
}

function textOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join(" ");
}
