import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { CakeClient } from "../cake/client";
import { connect, connectionRedactor } from "../cake/connect";
import type { Clock } from "../http/clock";
import type { Redact } from "../http/redact";
import { hash } from "../postback/postback";
import { Canary } from "./canary";
import { ChangeLimit } from "./changeLimit";
import { Claims } from "./claims";
import { NotesFolder } from "./intents/folder";
import { Intents } from "./intents/intents";
import { thisWriter } from "./intents/writer";
import { OldLive } from "./oldLive";
import { type Overrides, readOverrides } from "./overrides";
import { connectable, resolveSettings, type Settings, type SettingsSource } from "./settings";

/** What a process needs from its surroundings. */
export interface Surroundings extends SettingsSource {
  readonly clock: Clock;
  /** Tells the user something that is not an error. The host's words land on the stack. */
  readonly tell: (text: string) => void;
  /** Asked before every write: throws if nobody wants it any more. */
  readonly permitWrite: () => Promise<void>;
}

/** CAKE as one process sees it. */
export interface Cake {
  readonly client: CakeClient;
  readonly live: OldLive;
}

/** Everything that the operations of one host process share. Opened without I/O; CAKE is reached at the first call. */
export class Session {
  readonly settings: Settings;
  readonly overrides: Overrides;
  readonly claims = new Claims();
  readonly creates = new Canary();
  readonly updates = new Canary();
  readonly switchOffs = new Canary();
  /** Whether CAKE's list was seen to spell a URL otherwise than its answer to the write did. */
  listSpellsOtherwise = false;
  private readonly told = new Set<string>();
  /** Takes the API key and the proxy's password out of a text. */
  readonly redact: Redact;
  private readonly notes: NotesFolder;
  private connected: Cake | undefined;
  private noted: Intents | undefined;
  private limit: ChangeLimit | undefined;

  constructor(private readonly surroundings: Surroundings) {
    this.settings = resolveSettings(surroundings);
    this.overrides = readOverrides(surroundings.env);
    this.notes = notesFolder(surroundings.env);
    this.redact = connectionRedactor(this.settings);
  }

  get clock(): Clock {
    return this.surroundings.clock;
  }

  /** What this machine remembers of creates, beyond the life of a process. */
  get intents(): Intents {
    const { clock } = this.surroundings;
    this.noted ??= new Intents(this.notes, thisWriter(), clock, this.settings.operationTimeoutMs);
    return this.noted;
  }

  /** How many live postbacks this run may still change. */
  get changeLimit(): ChangeLimit {
    const { domain = "", maxDeactivations: deactivations, maxChanges: changes } = this.settings;
    this.limit ??= new ChangeLimit(
      { deactivations, changes },
      this.overrides.allowedChanges,
      this.notes,
      `stopped-${hash([domain, process.cwd()])}`,
    );
    return this.limit;
  }

  /** Says something once per process, however many resources it concerns. */
  tellOnce(text: string): void {
    if (this.told.has(text)) return;
    this.told.add(text);
    this.surroundings.tell(text);
  }

  /** See `Surroundings.permitWrite`. */
  readonly permitWrite = () => this.surroundings.permitWrite();

  tell(text: string): void {
    this.surroundings.tell(text);
  }

  /** The connection to CAKE. Throws a `SettingsError` if the domain or the key is missing. */
  cake(): Cake {
    this.connected ??= this.connect();
    return this.connected;
  }

  private connect(): Cake {
    const { settings, surroundings } = this;
    const client = connect(connectable(settings), surroundings.clock);
    return { client, live: new OldLive(client, settings.endpoints) };
  }
}

function notesFolder({ CAKE_INTENTS_DIR: given }: SettingsSource["env"]): NotesFolder {
  return new NotesFolder(given ? resolve(given) : join(homedir(), ".pulumi-cake", "intents"));
}
