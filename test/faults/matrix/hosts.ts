import type { Clock } from "../../../provider/http/clock";
import { systemClock } from "../../../provider/http/clock";
import { ProviderContext } from "../../../provider/lifecycle/context";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { serializeErrors } from "../../../provider/lifecycle/serializeErrors";
import { type Inputs, savedState } from "../../../provider/lifecycle/state";
import { update } from "../../../provider/lifecycle/update";
import type { Difference, HostClient, Reading } from "../../host/support/client";
import { Refusal } from "../../host/support/failures";
import type { Bag } from "../../host/support/proto";
import { CANARY } from "../../host/support/secrets";
import type { Host as HostProcess, World } from "../../host/support/world";

/** What serves the resources of one run. */
export interface Host extends Pick<HostClient, "create" | "read" | "update" | "delete" | "diff"> {
  /** What it printed. */
  readonly printed: string;
  /** All that ever came out of it. */
  readonly everything: string;
  end(): Promise<void>;
}

/** @param chance What chance gives where it can be set, from 0 to 1: how long waits are. */
export type StartHost = (world: World, settings: Bag, chance?: number) => Promise<Host>;

/** The real dynamic-provider process. */
export const asProcess: StartHost = async (world, settings) => {
  const host = await world.host({ settings });
  return new ProcessHost(host);
};

/** The same session, clients and guards in the process of the test: a thousandth of the price of a process. */
export const inTest: StartHost = async (world, settings, chance = SHORT_WAITS) => {
  const own: Bag = { "cake:domain": world.cake.url, "cake:apiKey": CANARY, ...settings };
  const clock = { ...systemClock, random: () => chance };
  return new SessionHost(own, { CAKE_INTENTS_DIR: world.notes }, clock, async () => undefined);
};

// Long ones would only make the tests slower: the waits between attempts have tests of their own.
const SHORT_WAITS = 0.01;

class ProcessHost implements Host {
  readonly create: Host["create"];
  readonly read: Host["read"];
  readonly update: Host["update"];
  readonly delete: Host["delete"];
  readonly diff: Host["diff"];

  constructor(private readonly host: HostProcess) {
    this.create = host.create.bind(host);
    this.read = host.read.bind(host);
    this.update = host.update.bind(host);
    this.delete = host.delete.bind(host);
    this.diff = host.diff.bind(host);
  }

  get printed(): string {
    return this.host.process.stdout + this.host.process.stderr;
  }

  get everything(): string {
    return this.host.everything;
  }

  end(): Promise<void> {
    return this.host.end();
  }
}

/** One session, as a process has it. */
export class SessionHost implements Host {
  printed = "";
  private answers = "";
  private opened: ProviderContext | undefined;

  constructor(
    private readonly settings: Bag,
    private readonly env: Record<string, string>,
    private readonly clock: Clock,
    private readonly permitWrite: () => Promise<void>,
  ) {}

  // Settings that are wrong are told by the first operation.
  private get session(): ProviderContext {
    this.opened ??= new ProviderContext({
      config: (key) => this.settings[key] as string | undefined,
      env: this.env,
      clock: this.clock,
      tell: (text) => {
        this.printed += `${text}\n`;
      },
      permitWrite: this.permitWrite,
    });
    return this.opened;
  }

  get everything(): string {
    return this.printed + this.answers;
  }

  create(inputs: Bag): Promise<{ id: string; outs: Bag }> {
    return this.answer(inputs, () => create(this.session, inputs as unknown as Inputs));
  }

  read(id: string, state: Bag): Promise<Reading> {
    return this.answer(state, () => read(this.session, id, state));
  }

  update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }> {
    return this.answer(news, () => update(this.session, id, savedState(id, olds), news as unknown as Inputs));
  }

  delete(id: string, state: Bag): Promise<void> {
    return this.answer(state, () => remove(this.session, id, savedState(id, state)));
  }

  diff(id: string, olds: Bag, news: Bag): Promise<Difference> {
    return this.answer(news, () => diff(this.session, id, olds, news));
  }

  async end(): Promise<void> {}

  private async answer<Answer>(bag: Bag, operation: () => unknown): Promise<Answer> {
    try {
      const answer = await serializeErrors(bag, operation, (text) => this.opened?.redact(text) ?? text);
      this.answers += JSON.stringify(answer) ?? "";
      return answer as Answer;
    } catch (error) {
      const { message, ...partial } = error as Error & NonNullable<Refusal["partial"]>;
      this.answers += JSON.stringify({ message, ...partial });
      throw new Refusal(message, 2, partial.id === undefined ? undefined : partial);
    }
  }
}
