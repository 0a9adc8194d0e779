// Provider resources and the processes behind them: one process per provider and phase.
import { randomUUID } from "node:crypto";
import type { Host } from "./host";
import { Provider } from "./provider";
import type { ResourceState } from "./state";
import { formatReference, parseReference } from "./urn";
import { deepEqualsMap, type PropertyMap, unknownString } from "./values";

export class ProviderRegistry {
  private readonly configured = new Map<string, Provider>();
  /** Loaded by a check, before it is known whether the provider is created, updated or left alone. */
  private readonly unconfigured = new Map<string, Provider>();
  private readonly hosts: Host[] = [];

  constructor(
    private readonly startHost: () => Promise<Host>,
    private readonly preview: boolean,
  ) {}

  get(reference: string): Provider | undefined {
    return this.configured.get(reference);
  }

  /** A dynamic provider does not check its settings; the engine only gets it ready. */
  async check(urn: string): Promise<void> {
    this.unconfigured.set(urn, this.unconfigured.get(urn) ?? (await this.load()));
  }

  /** Any other setting is an update of the provider, never a replacement. */
  changed(oldOutputs: PropertyMap, newInputs: PropertyMap): boolean {
    return !deepEqualsMap(oldOutputs, newInputs);
  }

  async create(urn: string, inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }> {
    const id = this.preview ? unknownString : randomUUID();
    await this.adopt(urn, id, inputs);
    return { id, outputs: inputs };
  }

  async update(urn: string, id: string, inputs: PropertyMap): Promise<PropertyMap> {
    await this.adopt(urn, id, inputs);
    return inputs;
  }

  /** The saved settings count: refresh and destroy know no others, and a provider that is the same keeps its own. */
  async same(state: ResourceState): Promise<void> {
    if (this.get(formatReference(state)) === undefined) await this.adopt(state.urn, state.id, state.inputs);
  }

  /** The provider that a saved resource names, loaded from the state if the program has not registered it. */
  async ensure(reference: string, resources: ResourceState[]): Promise<void> {
    if (reference === "" || this.get(reference) !== undefined) return;
    const { urn, id } = parseReference(reference);
    const state = resources.find((candidate) => candidate.urn === urn && candidate.id === id);
    if (state === undefined) throw new Error(`could not find provider ${reference}`);
    const provider = await this.load();
    provider.configure(state.inputs);
    this.configured.set(reference, provider);
  }

  async delete(urn: string, id: string): Promise<void> {
    const reference = formatReference({ urn, id });
    const provider = this.get(reference);
    this.configured.delete(reference);
    await provider?.host.stop();
  }

  /** A renamed provider answers to its earlier name as well. */
  alias(reference: string, earlier: string): void {
    const provider = this.get(reference);
    if (provider !== undefined) this.configured.set(earlier, provider);
  }

  async close(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.stop()));
  }

  abandon(): void {
    for (const host of this.hosts) host.process.abandon();
  }

  private async adopt(urn: string, id: string, inputs: PropertyMap): Promise<void> {
    const provider = this.unconfigured.get(urn) ?? (await this.load());
    this.unconfigured.delete(urn);
    provider.configure(inputs);
    this.configured.set(formatReference({ urn, id }), provider);
  }

  private async load(): Promise<Provider> {
    const host = await this.startHost();
    this.hosts.push(host);
    return new Provider(host, this.preview);
  }
}
