import ts from "typescript";
import { TRACKERS } from "../../../provider/postback/trackers";
import type { TrackerName } from "../../../provider/postback/trackers/options";
import { membersOf, sourceFile } from "../docstrings";

type OptionDoc = ReturnType<typeof membersOf>[number];

/** The options of a template with their docstrings, in the order of the URL. */
export function optionsOf(root: string, name: TrackerName): OptionDoc[] {
  const folder = `${root}/provider/postback/trackers`;
  const own = sourceFile(`${folder}/${name}.ts`);
  const [options] = own.statements.filter(ts.isInterfaceDeclaration);
  if (options === undefined) throw new Error(`${name}.ts declares no options.`);
  const common = sourceFile(`${folder}/tracker.ts`);
  const inherited = (options.heritageClauses ?? []).flatMap(({ types }) =>
    types.flatMap(({ expression }) => membersOf(common, expression.getText(own))),
  );
  const all = [...membersOf(own, options.name.text), ...inherited];
  const order = ["domain", ...Object.keys(TRACKERS[name].parameters), "extra"];
  return order.flatMap((option) => all.filter((one) => one.name === option));
}
