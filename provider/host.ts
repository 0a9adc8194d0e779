/**
 * What the engine's dynamic-provider process loads by the name `pulumi-cake/host`. The text that names it is
 * stored in users' states, so this entry point and the meaning of its functions are frozen for ever.
 *
 * This is a door: it knows how a dynamic provider is spoken to and when its process ends. What happens to a postback is
 * the lifecycle's.
 */
import { isMoving, separate } from "./door/doorKeys";
import { requireNotReplaced } from "./door/moving";
import { ProviderProcess } from "./door/providerProcess";
import type { LogLevel } from "./lifecycle/context";
import { create as createPostback } from "./lifecycle/create";
import { remove } from "./lifecycle/delete";
import { changedFields, diff as diffPostback } from "./lifecycle/diff";
import { read as readPostback } from "./lifecycle/read";
import type { Properties } from "./lifecycle/serializeErrors";
import { checkedInputs, savedState } from "./lifecycle/state";
import { update as updatePostback } from "./lifecycle/update";

interface Config {
  get(key: string): unknown;
}

// The only module-level state of the package: the process serves one provider and gives no other place for it.
const served = new ProviderProcess({ engine: () => process.argv[2] ?? "", log: writeLog });

/** Only keeps what it is given, and in the same tick: the process hands out the provider before an async configure ends. */
export function configure(request: { config: Config }): void {
  served.configure((key) => request.config.get(key));
  served.watchEngine();
}

export function check(olds: Properties, news: Properties): Promise<unknown> {
  const { kept, urn, args } = separate(news);
  return served.safely(kept, async () => {
    // A refresh and a destroy check nothing, and need not load the rules.
    const { check: checkPostback } = await import("./lifecycle/check.js");
    const { inputs, failures } = checkPostback(served.context, urn, separate(olds ?? {}).args, args);
    return { inputs: { ...inputs, ...kept }, failures };
  });
}

export function diff(id: string, olds: Properties, news: Properties): Promise<unknown> {
  const { urn, kept, args } = separate(news);
  return served.safely(kept, () => {
    const before = separate(olds).args;
    const found = diffPostback(served.context, urn, id, before, args);
    if (!isMoving(olds, news)) return found;
    requireNotReplaced(served.context, urn, id, before, found);
    // The state gets the name of this door's code by an update, without which nothing could read or delete the postback.
    return { ...found, changes: true };
  });
}

export function create(inputs: Properties): Promise<unknown> {
  const { kept, urn, args } = separate(inputs);
  return served.safely(kept, async () => {
    const { id, outs } = await createPostback(served.context, urn, checkedInputs(args));
    return { id, outs: { ...outs, ...kept } };
  });
}

export function read(id: string, state: Properties): Promise<unknown> {
  const { kept, args } = separate(state);
  return served.safely(kept, async () => {
    const { props, inputs, ...result } = await readPostback(served.context, id, args);
    if (result.id === "") return { ...result, props };
    return { ...result, props: { ...props, ...kept }, ...(inputs && { inputs: { ...inputs, ...kept } }) };
  });
}

export function update(id: string, olds: Properties, news: Properties): Promise<unknown> {
  const { kept, urn, args } = separate(news);
  return served.safely(kept, async () => {
    const before = savedState(id, separate(olds).args);
    // A postback that only comes back from the plugin concerns the state alone. What is not proven is read all the same.
    if (isMoving(olds, news) && before.__unproven === undefined && changedFields(before, args).length === 0)
      return { outs: { ...before, ...kept } };
    const { outs } = await updatePostback(served.context, urn, id, before, checkedInputs(args));
    return { outs: { ...outs, ...kept } };
  });
}

function deletePostback(id: string, state: Properties): Promise<unknown> {
  const { kept, args } = separate(state);
  return served.safely(kept, () => remove(served.context, id, savedState(id, args)));
}

export { deletePostback as delete };

// The engine shows each line that a dynamic provider writes to stderr as information about the stack, and gives it no
// other level. So only the word marks a warning. It is the word that the engine puts before its own warnings.
function writeLog(level: LogLevel, text: string): void {
  process.stderr.write(level === "warning" ? `warning: ${text}\n` : `${text}\n`);
}
