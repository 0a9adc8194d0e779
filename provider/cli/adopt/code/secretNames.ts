/** The names with one beginning: `acme-token`, `acme-token-2`, … */
interface Numbered {
  /** The number that was not looked at yet. */
  next: number;
  /** By the value that each stands for. */
  readonly names: Map<string, string>;
}

/**
 * The names by which code refers to secrets. A name says whose it is and what for, and nothing of the value; one value
 * of a partner has one name.
 */
export class SecretNames {
  private readonly added = new Map<string, string>();
  private readonly numbered = new Map<string, Numbered>();

  /**
   * @param known The secrets whose values are known, by name.
   * @param used Names that were given already; their values may not be known here.
   */
  constructor(
    private readonly known: Readonly<Record<string, string>>,
    private readonly used: ReadonlySet<string>,
  ) {}

  /** The name of a partner's value, made if there is none yet. */
  nameOf(partner: string, label: string, value: string): string {
    const base = `${partner}-${plain(label)}`;
    const numbered = this.numbered.get(base) ?? { next: 1, names: new Map<string, string>() };
    this.numbered.set(base, numbered);
    const { names } = numbered;
    while (!names.has(value)) this.tryNext(base, numbered, value);
    return names.get(value) ?? "";
  }

  // A name whose value is not known here may stand for any, so that it is passed over.
  private tryNext(base: string, numbered: Numbered, value: string): void {
    const name = numbered.next === 1 ? base : `${base}-${numbered.next}`;
    numbered.next++;
    const known = this.added.get(name) ?? (Object.hasOwn(this.known, name) ? this.known[name] : undefined);
    if (known === undefined && this.used.has(name)) return;
    if (known === undefined) this.added.set(name, value);
    const named = known ?? value;
    if (!numbered.names.has(named)) numbered.names.set(named, name);
  }

  /** The secrets that were named here. */
  get fresh(): Record<string, string> {
    return Object.fromEntries(this.added);
  }
}

function plain(label: string): string {
  const letters = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 30)
    .replace(/^-+|-+$/g, "");
  return letters || "secret";
}
