import { join } from "node:path";
import type { CakeClient } from "../cake/client";
import { connect, connectionRedactor } from "../cake/connect";
import { LivePostbacks } from "../cake/livePostbacks";
import { callLogFor } from "../callLog/callLog";
import type { Clock } from "../http/clock";
import type { Redact } from "../http/redact";
import { formatMessage, type Message } from "../message";
import { hash } from "../postback/postback";
import { ownPatterns } from "../postback/rules/ownPatterns";
import { SAVED_SETTINGS_ADVICE } from "../settings/messages";
import { connectable, resolveSettings, type Settings, type SettingsSource } from "../settings/resolve";
import type { UnsafeOperationError } from "./errors";
import { JournalFolder, journalPath } from "./journal/folder";
import { Journal } from "./journal/journal";
import { type ProcessIdentity, thisProcess } from "./journal/processIdentity";
import { RUNS, RunRecords } from "./journal/runRecords";
import { ChangeLimit } from "./safety/changeLimit";
import { DuplicateDeclarations } from "./safety/duplicateDeclarations";
import { FirstWrite } from "./safety/firstWrite";
import { LiveSlots } from "./safety/liveSlots";
import { type Overrides, readOverrides } from "./safety/overrides";
import { Ownership } from "./safety/ownership";
import { Replacements } from "./safety/replacements";
import { Turns } from "./turns";

export type LogLevel = "info" | "warning";

/** What the lifecycle gets from the door through which the engine reaches it. */
export interface HostServices extends SettingsSource {
  readonly clock: Clock;
  /** Tells the user something that is not an error. */
  readonly log: (level: LogLevel, text: string) => void;
  /** The address of the engine that is served: what the processes of one run have in common. Empty where there is none. */
  readonly engine: string;
  /** Throws `EngineGone` if the engine that asked for a write is gone. Awaited right before each sending of a write. */
  readonly requireEngine: () => Promise<void>;
}

/** CAKE as one process sees it. */
export interface Cake {
  readonly client: CakeClient;
  readonly live: LivePostbacks;
}

/** Everything that the operations of one provider process share. Opened without I/O; CAKE is reached at the first call. */
export class ProviderContext {
  readonly settings: Settings;
  readonly overrides: Overrides;
  readonly patterns = ownPatterns();
  readonly duplicates = new DuplicateDeclarations();
  readonly liveSlots = new LiveSlots();
  readonly replacements = new Replacements();
  readonly firstWrite = {
    create: new FirstWrite(),
    update: new FirstWrite(),
    deactivation: new FirstWrite(),
  };
  /** One after the other, the creates of one affiliate and offer. */
  readonly turns = new Turns();
  readonly changeLimit: ChangeLimit;
  readonly journal: Journal;
  readonly ownership: Ownership;
  /** Takes the API key and the proxy's password out of a text. */
  readonly redact: Redact;
  /** Whether CAKE's list was seen to spell a URL otherwise than its answer to the write did. */
  listSpellsOtherwise = false;
  private readonly logged = new Set<string>();
  private operations = 0;
  private connected: Cake | undefined;
  private halted: UnsafeOperationError | undefined;

  constructor(private readonly services: HostServices) {
    const { env, engine } = services;
    this.settings = resolveSettings(services, SAVED_SETTINGS_ADVICE);
    this.overrides = readOverrides(env);
    this.redact = connectionRedactor(this.settings);
    const { domain = "", maxDeactivations: deactivations, maxChanges: changes } = this.settings;
    this.changeLimit = new ChangeLimit({ deactivations, changes }, this.overrides.allowedChanges);
    const self = thisProcess();
    const folder = new JournalFolder(() => journalPath(env));
    this.journal = this.openJournal(folder, self);
    const runs = new JournalFolder(() => join(folder.open(), RUNS));
    this.ownership = new Ownership(new RunRecords(runs, hash([engine, domain]), self));
  }

  get clock(): Clock {
    return this.services.clock;
  }

  get domain(): string {
    return this.settings.domain ?? "";
  }

  /** Whether this instance has a list of postbacks. That it has none is only ever a setting. */
  get hasList(): boolean {
    return this.settings.endpoints === "all";
  }

  /** Whether a postback of this instance can be changed by API. */
  get canUpdate(): boolean {
    return this.settings.endpoints !== "documented";
  }

  /** The day on which a person runs this: `2026-12-31`. */
  get today(): string {
    return new Date(this.clock.date()).toISOString().slice(0, 10);
  }

  /** Runs one operation on CAKE, and counts it while it is under way. */
  async underWay<T>(operation: () => Promise<T>): Promise<T> {
    this.operations += 1;
    try {
      return await operation();
    } finally {
      this.operations -= 1;
    }
  }

  warn(message: Message): void {
    this.services.log("warning", formatMessage(message));
  }

  info(message: Message): void {
    this.services.log("info", formatMessage(message));
  }

  /** Logs a text that is no message of the lifecycle, such as a finding. */
  log(level: LogLevel, text: string): void {
    this.services.log(level, text);
  }

  /** Logs a message once per process, however many resources it concerns. */
  logOnce(level: LogLevel, message: Message): void {
    if (this.logged.has(message.text)) return;
    this.logged.add(message.text);
    this.services.log(level, formatMessage(message));
  }

  requireEngine(): Promise<void> {
    return this.services.requireEngine();
  }

  /** The connection to CAKE. Throws a `SettingsError` if the domain or the key is missing. */
  cake(): Cake {
    this.connected ??= this.connect();
    return this.connected;
  }

  /** Drops everything that waits. What is in flight goes on; the promise resolves when no write is. */
  async halt(reason: UnsafeOperationError): Promise<void> {
    this.halted = reason;
    this.connected?.client.halt(reason);
    await this.connected?.client.writesSettled();
  }

  private connect(): Cake {
    const { env, log } = this.services;
    const callLog = callLogFor({ env, by: "provider", warn: (text) => log("warning", text) });
    const client = connect(connectable(this.settings, SAVED_SETTINGS_ADVICE), this.clock, callLog);
    if (this.halted) client.halt(this.halted);
    return { client, live: new LivePostbacks(client, () => this.operations <= 1) };
  }

  private openJournal(folder: JournalFolder, self: ProcessIdentity): Journal {
    const { requestTimeoutMs, listLagMs, formerDomains } = this.settings;
    const { clock, engine } = this.services;
    return new Journal({
      folder,
      self,
      clock,
      engine,
      domains: [this.domain, ...formerDomains],
      windowMs: requestTimeoutMs + listLagMs,
    });
  }
}
