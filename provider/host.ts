/**
 * What the engine's dynamic-provider process loads by the name `pulumi-cake/host`. The text that names it is
 * stored in users' states, so this entry point and the meaning of its functions are frozen for ever.
 */
import { connect } from "node:net";
import { systemClock } from "./http/clock";
import { ProviderContext } from "./lifecycle/context";
import { create as createPostback } from "./lifecycle/create";
import { remove } from "./lifecycle/delete";
import { diff as diffPostback } from "./lifecycle/diff";
import { EngineGone } from "./lifecycle/errors";
import { read as readPostback } from "./lifecycle/read";
import { DuplicateDeclarations } from "./lifecycle/safety/duplicateDeclarations";
import { type Properties, serializeErrors } from "./lifecycle/serializeErrors";
import { type Inputs, savedState } from "./lifecycle/state";
import { update as updatePostback } from "./lifecycle/update";

interface Config {
  get(key: string): unknown;
}

// The only module-level state of the package: the process serves one provider and gives no other place for it.
let config: Config | undefined;
let opened: ProviderContext | undefined;
let declarations = new DuplicateDeclarations();

/** Only keeps what it is given, and in the same tick: the process hands out the provider before an async configure ends. */
export function configure(request: { config: Config }): void {
  config = request.config;
  opened = undefined;
  declarations = new DuplicateDeclarations();
}

export function check(olds: Properties, news: Properties): Promise<unknown> {
  return safely(news, async () => {
    // A refresh and a destroy check nothing, and need not load the rules.
    const { checkAmong } = await import("./lifecycle/check.js");
    return checkAmong(declarations, session().settings, olds ?? {}, news);
  });
}

export function diff(id: string, olds: Properties, news: Properties): Promise<unknown> {
  return safely(news, () => diffPostback(session(), id, olds, news));
}

export function create(inputs: Properties): Promise<unknown> {
  return safely(inputs, () => createPostback(session(), checked(inputs)));
}

export function read(id: string, state: Properties): Promise<unknown> {
  return safely(state, () => readPostback(session(), id, state));
}

export function update(id: string, olds: Properties, news: Properties): Promise<unknown> {
  return safely(news, () => updatePostback(session(), id, savedState(id, olds), checked(news)));
}

function deletePostback(id: string, state: Properties): Promise<unknown> {
  return safely(state, () => remove(session(), id, savedState(id, state)));
}

export { deletePostback as delete };

function safely<T>(bag: Properties, operation: () => T | Promise<T>): Promise<unknown> {
  return serializeErrors(
    bag,
    () => endingWithTheEngine(operation),
    (text) => opened?.redact(text) ?? text,
  );
}

/** The host outlives a killed CLI: once it has noticed, and put its notes in order, it ends. */
async function endingWithTheEngine<T>(operation: () => T | Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof EngineGone) process.exit(1);
    throw error;
  }
}

// The engine hands to create and update only what check has let pass.
function checked(inputs: Properties): Inputs {
  return inputs as unknown as Inputs;
}

function session(): ProviderContext {
  opened ??= new ProviderContext({
    config: configText,
    env: process.env,
    clock: systemClock,
    tell: (text) => process.stderr.write(`${text}\n`),
    permitWrite: requireEngine,
  });
  return opened;
}

// Settings are texts; an explicit provider of another program may hold other JSON.
function configText(key: string): string | undefined {
  const value = configured(key);
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

// A process that never got a configuration has a config that throws: no setting is given, which is told as such.
function configured(key: string): unknown {
  try {
    return config?.get(key);
  } catch {
    return undefined;
  }
}

/**
 * Refuses if the engine that asked for a write is gone. The host outlives a killed CLI, and a write that waited
 * would go out unrecorded: the next "pulumi up" would make it a second time.
 */
async function requireEngine(): Promise<void> {
  const address = /^(?<host>.+):(?<port>\d+)$/.exec(process.argv[2] ?? "")?.groups;
  if (address?.host === undefined || !(await refuses(address.host, Number(address.port)))) return;
  const message = "pulumi-cake: the Pulumi engine is gone, so nothing more is written to CAKE.";
  opened?.tellOnce(message);
  throw new EngineGone(message);
}

// Nothing but a refusal proves that nobody listens there: other failures, such as too many open files, are this
// process's own.
function refuses(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
  });
}
