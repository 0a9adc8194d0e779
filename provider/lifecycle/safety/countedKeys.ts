interface Counts {
  all: number;
  isNew: number;
}

/** How many resources have a key, and how many of them are new or changed. */
export class CountedKeys {
  private readonly counts = new Map<string, Counts>();
  private readonly keysOf = new Map<string, { readonly keys: readonly string[]; readonly isNew: boolean }>();

  add(urn: string, keys: readonly string[], isNew: boolean): void {
    const distinct = [...new Set(keys)];
    this.keysOf.set(urn, { keys: distinct, isNew });
    this.change(distinct, isNew, 1);
  }

  delete(urn: string): void {
    const { keys = [], isNew = false } = this.keysOf.get(urn) ?? {};
    this.keysOf.delete(urn);
    this.change(keys, isNew, -1);
  }

  /** @param all Whether to count all, or only those that are new or changed. */
  count(key: string, all: boolean): number {
    return this.counts.get(key)?.[all ? "all" : "isNew"] ?? 0;
  }

  private change(keys: readonly string[], isNew: boolean, by: 1 | -1): void {
    for (const key of keys) {
      const counts = this.counts.get(key) ?? { all: 0, isNew: 0 };
      counts.all += by;
      if (isNew) counts.isNew += by;
      this.counts.set(key, counts);
    }
  }
}
