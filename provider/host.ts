/**
 * What the engine's dynamic-provider process loads by the name `pulumi-cake/host`. The text that names it is
 * stored in users' states, so this entry point and the meaning of its functions are frozen for ever.
 *
 * This is a door: it knows how a dynamic provider is spoken to and when its process ends. What happens to a postback is
 * the lifecycle's.
 */
import { systemClock } from "./http/clock";
import { isDeserted } from "./http/listening";
import { type LogLevel, ProviderContext } from "./lifecycle/context";
import { create as createPostback } from "./lifecycle/create";
import { remove } from "./lifecycle/delete";
import { diff as diffPostback } from "./lifecycle/diff";
import { EngineGone } from "./lifecycle/errors";
import { messages } from "./lifecycle/messages";
import { read as readPostback } from "./lifecycle/read";
import { type Properties, serializeErrors } from "./lifecycle/serializeErrors";
import { type Inputs, savedState } from "./lifecycle/state";
import { update as updatePostback } from "./lifecycle/update";

interface Config {
  get(key: string): unknown;
}

/** What the class adds to the arguments of a postback: the text that names this file, and the resource's identity. */
const DOOR_KEYS = ["__provider", "__urn"] as const;

const ENGINE_CHECK_MS = 5_000;
const LAST_WRITE_MS = 15_000;

// The only module-level state of the package: the process serves one provider and gives no other place for it.
let config: Config | undefined;
let opened: ProviderContext | undefined;
let ending: Promise<void> | undefined;

/** Only keeps what it is given, and in the same tick: the process hands out the provider before an async configure ends. */
export function configure(request: { config: Config }): void {
  config = request.config;
  opened = undefined;
  watchEngine();
}

export function check(olds: Properties, news: Properties): Promise<unknown> {
  const { kept, urn, args } = separate(news);
  return safely(kept, async () => {
    // A refresh and a destroy check nothing, and need not load the rules.
    const { check: checkPostback } = await import("./lifecycle/check.js");
    const { inputs, failures } = checkPostback(context(), urn, separate(olds ?? {}).args, args);
    return { inputs: { ...inputs, ...kept }, failures };
  });
}

export function diff(id: string, olds: Properties, news: Properties): Promise<unknown> {
  const { urn, kept, args } = separate(news);
  return safely(kept, () => diffPostback(context(), urn, id, separate(olds).args, args));
}

export function create(inputs: Properties): Promise<unknown> {
  const { kept, urn, args } = separate(inputs);
  return safely(kept, async () => {
    const { id, outs } = await createPostback(context(), urn, checked(args));
    return { id, outs: { ...outs, ...kept } };
  });
}

export function read(id: string, state: Properties): Promise<unknown> {
  const { kept, args } = separate(state);
  return safely(kept, async () => {
    const { props, inputs, ...result } = await readPostback(context(), id, args);
    if (result.id === "") return { ...result, props };
    return { ...result, props: { ...props, ...kept }, ...(inputs && { inputs: { ...inputs, ...kept } }) };
  });
}

export function update(id: string, olds: Properties, news: Properties): Promise<unknown> {
  const { kept, urn, args } = separate(news);
  return safely(kept, async () => {
    const before = savedState(id, separate(olds).args);
    const { outs } = await updatePostback(context(), urn, id, before, checked(args));
    return { outs: { ...outs, ...kept } };
  });
}

function deletePostback(id: string, state: Properties): Promise<unknown> {
  const { kept, args } = separate(state);
  return safely(kept, () => remove(context(), id, savedState(id, args)));
}

export { deletePostback as delete };

/** Takes apart what belongs to this door and what is the postback's. */
function separate(bag: Properties): { kept: Properties; urn: string | undefined; args: Properties } {
  // First editions of a state hold another identity, which says nothing to anybody any more.
  const { __provider, __urn, __origin, ...args } = bag;
  const kept = Object.fromEntries(DOOR_KEYS.filter((key) => key in bag).map((key) => [key, bag[key]]));
  return { kept, urn: typeof __urn === "string" ? __urn : undefined, args };
}

function safely<T>(kept: Properties, operation: () => T | Promise<T>): Promise<unknown> {
  return serializeErrors(
    kept,
    () => endingWithTheEngine(operation),
    (text) => opened?.redact(text) ?? text,
  );
}

async function endingWithTheEngine<T>(operation: () => T | Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    // Nobody is there to be answered, and an answer would be the last thing that holds the process.
    if (error instanceof EngineGone) await end();
    throw error;
  }
}

// The engine hands to create and update only what check has let pass.
function checked(inputs: Properties): Inputs {
  return inputs as unknown as Inputs;
}

function context(): ProviderContext {
  opened ??= new ProviderContext({
    config: configText,
    env: process.env,
    clock: systemClock,
    log: writeLog,
    engine: engineAddress(),
    requireEngine,
  });
  return opened;
}

// The engine shows each line that a dynamic provider writes to stderr as information about the stack, and gives it no
// other level. So only the word marks a warning. It is the word that the engine puts before its own warnings.
function writeLog(level: LogLevel, text: string): void {
  process.stderr.write(level === "warning" ? `warning: ${text}\n` : `${text}\n`);
}

// Settings are texts; an explicit provider of another program may hold other JSON.
function configText(key: string): string | undefined {
  const value = configured(key);
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

// A process that never got a configuration has a config that throws: that counts as no setting.
function configured(key: string): unknown {
  try {
    return config?.get(key);
  } catch {
    return undefined;
  }
}

// ---- The end of the process: it outlives a killed CLI unless it sees for itself that nobody is there ----------------

function engineAddress(): string {
  return process.argv[2] ?? "";
}

function watchEngine(): void {
  if (ending !== undefined || !/:\d+$/.test(engineAddress())) return;
  // Pulumi's own handler would print the failure to the broken stream, and so on for ever.
  process.stderr.on("error", () => void end());
  process.stdout.on("error", () => void end());
  setInterval(() => void isEngineGone().then((gone) => (gone ? end() : undefined)), ENGINE_CHECK_MS).unref();
}

/** Ends the process: what waits is dropped, and a write in flight gets its time, after which the journal has it as sent. */
function end(): Promise<void> {
  ending ??= Promise.race([
    opened?.halt(new EngineGone(messages.engineGone())) ?? Promise.resolve(),
    systemClock.sleep(LAST_WRITE_MS),
  ]).then(
    // In the next turn of the loop, so that what a last answer says is in the journal.
    () => new Promise<never>(() => setImmediate(() => process.exit(1))),
  );
  return ending;
}

/**
 * Refuses if the engine that asked for a write is gone. A write that waited would go out unrecorded: the next "pulumi up"
 * would make it a second time.
 */
async function requireEngine(): Promise<void> {
  if (await isEngineGone()) throw new EngineGone(messages.engineGone());
}

function isEngineGone(): Promise<boolean> {
  return isDeserted(engineAddress());
}
