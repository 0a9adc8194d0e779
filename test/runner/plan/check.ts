// Asks the provider whether the inputs are right, and reports what is not.
import type { CheckFailure } from "../provider";
import { hideSecret, type ResourceState } from "../state";
import { providerOf } from "../steps/step";
import { isProviderType, nameOf } from "../urn";
import type { PropertyMap } from "../values";
import { Bail, type PlanContext } from "./context";

/** The inputs as the provider wants them. */
export async function checkResource(
  context: PlanContext,
  next: ResourceState,
  olds: PropertyMap,
  news: PropertyMap,
): Promise<PropertyMap> {
  if (isProviderType(next.type)) {
    await context.registry.check(next.urn);
    return news;
  }
  const { inputs, failures } = await providerOf(context, next).check(next.urn, olds, news);
  for (const failure of failures) context.diagnose("error", next.urn, describe(next, failure));
  if (failures.length > 0) throw new Bail(`resource ${next.urn} is invalid`);
  return inputs;
}

function describe(next: ResourceState, { property, reason }: CheckFailure): string {
  const resource = `${next.type} resource '${nameOf(next.urn)}'`;
  if (property === "") return `${resource} has a problem: ${reason}`;
  const value = JSON.stringify(hideSecret(next.inputs[property] ?? null));
  return `${resource}: property ${property} value ${value} has a problem: ${reason}`;
}
