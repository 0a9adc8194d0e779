import { systemClock } from "../http/clock";
import { isDeserted } from "../http/listening";
import type { Redact } from "../http/redact";
import { type LogLevel, ProviderContext } from "../lifecycle/context";
import { EngineGone } from "../lifecycle/errors";
import { messages } from "../lifecycle/messages";
import { type Properties, serializeErrors } from "../lifecycle/serializeErrors";
import type { SettingsSource } from "../settings/resolve";
import { type Config, settingTexts } from "./settingTexts";

/** What differs between the doors through which the engine reaches a provider process. */
export interface Door {
  /** The engine's address, such as `127.0.0.1:4000`. Empty while none is known. */
  readonly engine: () => string;
  /** Tells the user something that is not an error. */
  readonly log: (level: LogLevel, text: string) => void;
}

const ENGINE_CHECK_MS = 5_000;
const LAST_WRITE_MS = 15_000;

/** One provider process: its settings, what its operations share, and its end with the engine. */
export class ProviderProcess {
  private config: Config = () => undefined;
  private opened: ProviderContext | undefined;
  private isWatching = false;
  private ending: Promise<void> | undefined;

  constructor(private readonly door: Door) {}

  /** The settings as the engine sent them. */
  get settings(): SettingsSource["config"] {
    return settingTexts(this.config);
  }

  /** Only keeps what it is given: settings are judged by the operations, which can say what is wrong with them. */
  configure(config: Config): void {
    this.config = config;
    this.opened = undefined;
  }

  /** What the operations share. Throws a `SettingsError` if a setting cannot be read. */
  get context(): ProviderContext {
    this.opened ??= new ProviderContext({
      config: this.settings,
      env: process.env,
      clock: systemClock,
      log: this.door.log,
      engine: this.door.engine(),
      requireEngine: () => this.requireEngine(),
    });
    return this.opened;
  }

  /**
   * Runs one operation so that what it returns or throws survives the way to the engine.
   *
   * @param kept What the door keeps in the state beside the properties of the postback.
   */
  safely<T>(kept: Properties, operation: () => T | Promise<T>): Promise<unknown> {
    return serializeErrors(kept, () => this.endingWithTheEngine(operation), this.redact);
  }

  /** Takes the API key and the proxy's password out of a text. */
  readonly redact: Redact = (text) => this.opened?.redact(text) ?? text;

  private async endingWithTheEngine<T>(operation: () => T | Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      // Nobody is there to be answered, and an answer would be the last thing that holds the process.
      if (error instanceof EngineGone) await this.end();
      throw error;
    }
  }

  /** Has the process end when the engine does: it outlives a killed CLI unless it sees for itself that nobody is there. */
  watchEngine(): void {
    if (this.isWatching || !/:\d+$/.test(this.door.engine())) return;
    this.isWatching = true;
    // Pulumi's own handler would print the failure to the broken stream, and so on for ever.
    process.stderr.on("error", () => void this.end());
    process.stdout.on("error", () => void this.end());
    setInterval(
      () => void this.isEngineGone().then((gone) => (gone ? this.end() : undefined)),
      ENGINE_CHECK_MS,
    ).unref();
  }

  /** Ends the process: what waits is dropped, and a write in flight gets its time, after which the journal has it as sent. */
  end(): Promise<void> {
    this.ending ??= Promise.race([
      this.opened?.halt(new EngineGone(messages.engineGone())) ?? Promise.resolve(),
      systemClock.sleep(LAST_WRITE_MS),
    ]).then(
      // In the next turn of the loop, so that what a last answer says is in the journal.
      () => new Promise<never>(() => setImmediate(() => process.exit(1))),
    );
    return this.ending;
  }

  /**
   * Refuses if the engine that asked for a write is gone. A write that waited would go out unrecorded: the next
   * "pulumi up" would make it a second time.
   */
  private async requireEngine(): Promise<void> {
    if (await this.isEngineGone()) throw new EngineGone(messages.engineGone());
  }

  private isEngineGone(): Promise<boolean> {
    return isDeserted(this.door.engine());
  }
}
