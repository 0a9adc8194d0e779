import { plain } from "../names";

/**
 * The names by which code refers to secrets. A name says whose it is and what for, and nothing of the value; one value
 * of a partner has one name: `acme-token`, `acme-token-2`, …
 */
export class SecretNames {
  private readonly values: Map<string, string>;
  /** The names by what they begin with and what they stand for. */
  private readonly names = new Map<string, string>();
  private readonly numbers = new Map<string, number>();

  /**
   * @param known The secrets whose values are known, by name.
   * @param used Names that were given already; their values may not be known here.
   */
  constructor(
    known: Readonly<Record<string, string>>,
    private readonly used: ReadonlySet<string>,
  ) {
    this.values = new Map(Object.entries(known));
  }

  /** The name of a partner's value, made if there is none yet. */
  nameOf(partner: string, label: string, value: string): string {
    const base = `${partner}-${plain(label.replace(/%[0-9a-f]{2}/gi, "-")) ?? "secret"}`;
    for (;;) {
      const name = this.names.get(`${base}\n${value}`);
      if (name !== undefined) return name;
      this.addNext(base, value);
    }
  }

  /** All secrets whose values are known. */
  get all(): Record<string, string> {
    return Object.fromEntries(this.values);
  }

  private addNext(base: string, value: string): void {
    const number = this.numbers.get(base) ?? 1;
    this.numbers.set(base, number + 1);
    const name = number === 1 ? base : `${base}-${number}`;
    const known = this.values.get(name);
    // A name whose value is not known may stand for any.
    if (known === undefined && this.used.has(name)) return;
    if (known === undefined) this.values.set(name, value);
    const key = `${base}\n${known ?? value}`;
    if (!this.names.has(key)) this.names.set(key, name);
  }
}
