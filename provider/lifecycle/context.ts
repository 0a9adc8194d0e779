import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { unescape as unescaped } from "node:querystring";
import { CakeClient } from "../cake/client";
import { LivePostbacks } from "../cake/live";
import type { Clock } from "../http/clock";
import { Pace } from "../http/pace";
import { type Redact, redactor } from "../http/redact";
import { createTransport } from "../http/transport";
import { hash } from "../postback/postback";
import { SettingsError } from "./errors";
import { JournalFolder } from "./journal/folder";
import { Journal } from "./journal/journal";
import { thisProcess } from "./journal/processIdentity";
import { ChangeLimit } from "./safety/changeLimit";
import { FirstWrite } from "./safety/firstWrite";
import { type Overrides, readOverrides } from "./safety/overrides";
import { Ownership } from "./safety/ownership";
import { resolveSettings, SAVED_SETTINGS_ADVICE, type Settings, type SettingsSource } from "./settings";

/** What a process needs from its surroundings. */
export interface HostServices extends SettingsSource {
  readonly clock: Clock;
  /** Tells the user something that is not an error. The host's words land on the stack. */
  readonly tell: (text: string) => void;
  /** See `CakeClientOptions.permitWrite`. */
  readonly permitWrite: () => Promise<void>;
}

/** CAKE as one process sees it. */
export interface Cake {
  readonly client: CakeClient;
  readonly live: LivePostbacks;
}

/** Everything that the operations of one host process share. Opened without I/O; CAKE is reached at the first call. */
export class ProviderContext {
  readonly settings: Settings;
  readonly overrides: Overrides;
  readonly claims = new Ownership();
  readonly creates = new FirstWrite();
  readonly updates = new FirstWrite();
  readonly switchOffs = new FirstWrite();
  /** Whether CAKE's list was seen to spell a URL otherwise than its answer to the write did. */
  listSpellsOtherwise = false;
  private readonly told = new Set<string>();
  /** Takes the API key and the proxy's password out of a text. */
  readonly redact: Redact;
  private readonly notes: JournalFolder;
  private connected: Cake | undefined;
  private noted: Journal | undefined;
  private limit: ChangeLimit | undefined;

  constructor(private readonly surroundings: HostServices) {
    this.settings = resolveSettings(surroundings);
    this.overrides = readOverrides(surroundings.env);
    this.notes = notesFolder(surroundings.env);
    this.redact = redactor([this.settings.apiKey, ...secretsOf(this.settings.proxy)]);
  }

  get clock(): Clock {
    return this.surroundings.clock;
  }

  /** What this machine remembers of creates, beyond the life of a process. */
  get intents(): Journal {
    const { clock } = this.surroundings;
    this.noted ??= new Journal(this.notes, thisProcess(), clock, this.settings.operationTimeoutMs);
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
    const { origin, apiKey, proxy, concurrency, callsPerSecond } = settings;
    if (origin === undefined || apiKey === undefined) throw missingSettings(settings);
    const client = new CakeClient({
      origin,
      apiKey,
      paths: settings.paths,
      requestTimeoutMs: settings.requestTimeoutMs,
      operationTimeoutMs: settings.operationTimeoutMs,
      transport: createTransport({ proxy, connections: concurrency }),
      pace: new Pace({ atOnce: concurrency, perSecond: callsPerSecond }, surroundings.clock),
      clock: surroundings.clock,
      redact: this.redact,
      permitWrite: surroundings.permitWrite,
    });
    const notAllowed =
      settings.endpoints === "documented"
        ? 'cake:endpoints is "documented", and no CAKE article documents a list of postbacks.'
        : undefined;
    return { client, live: new LivePostbacks(client, notAllowed) };
  }
}

function notesFolder({ CAKE_INTENTS_DIR: given }: SettingsSource["env"]): JournalFolder {
  return new JournalFolder(given ? resolve(given) : join(homedir(), ".pulumi-cake", "intents"));
}

function missingSettings({ origin, apiKey, keyVariable, providerName }: Settings): SettingsError {
  const isDefault = providerName === undefined;
  const provider = `The provider "${providerName}"`;
  const noDomain = isDefault
    ? 'No CAKE instance is set. Run "pulumi config set cake:domain yourdomain.cakemarketing.com", or set CAKE_DOMAIN.'
    : `${provider} has no CAKE instance. Give it the argument "domain".`;
  const noKey = isDefault
    ? `No API key is set. Run "pulumi config set --secret cake:apiKey", or set ${keyVariable} in the environment.`
    : `${provider} has no API key. Give it the argument "apiKey", or set ${keyVariable} in the environment.`;
  const problems = [...(origin === undefined ? [noDomain] : []), ...(apiKey === undefined ? [noKey] : [])];
  return new SettingsError(`${problems.join("\n")}\nNothing was sent to CAKE. ${SAVED_SETTINGS_ADVICE}`);
}

function secretsOf(proxy: string | undefined): string[] {
  if (proxy === undefined) return [];
  const { password } = new URL(proxy);
  return [proxy, password, unescaped(password)];
}
