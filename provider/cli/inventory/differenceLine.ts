import { type Line, say } from "../output/document";
import type { PartDifference } from "./report";

/** `status: active → inactive`, from the state or the earlier report to CAKE. What is not shown is not quoted. */
export function differenceLine({ part, name, from, to }: PartDifference): Line {
  const what = name === null ? [part] : say`${[part]} ${name}`;
  if (from === null && to === null) return say`${what} differs`;
  if (from === null) return say`${what} is added: ${to ?? ""}`;
  return to === null ? say`${what} is removed: ${from}` : say`${what}: ${from} → ${to}`;
}
