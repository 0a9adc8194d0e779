import { randomUUID } from "node:crypto";
import type { StackSetting } from "../input/pulumi";
import { secretOf } from "../input/value";
import type { AdoptedRow } from "./row";
import { stateOf } from "./state";

/** The stack whose state is written. */
export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** The settings that the default provider is saved with, by their full names: `cake:domain`. */
export type ProviderInputs = Readonly<Record<string, StackSetting>>;

type Resource = Record<string, unknown>;

interface Export {
  readonly version: number;
  readonly deployment: { readonly resources?: readonly Resource[] | null } & Record<string, unknown>;
}

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";
const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * An exported state with the postbacks in it, for `pulumi stack import`: the way for a CLI whose import file cannot carry
 * the state of a resource. Everything that was in it stays as it was.
 */
export function withPostbacks(
  exported: Export,
  { project, stack }: StackName,
  rows: readonly AdoptedRow[],
  domain: string,
  inputs: ProviderInputs,
): Export {
  const before = exported.deployment.resources ?? [];
  const urnOf = (type: string, name: string) => `urn:pulumi:${stack}::${project}::${type}::${name}`;
  const savedRoot = before.find(({ type }) => type === STACK_TYPE);
  const savedProvider = before.find(({ urn }) => urn === urnOf(PROVIDER_TYPE, "default"));
  const root = savedRoot ?? {
    urn: urnOf(STACK_TYPE, `${project}-${stack}`),
    custom: false,
    type: STACK_TYPE,
  };
  const provider = savedProvider ?? {
    urn: urnOf(PROVIDER_TYPE, "default"),
    custom: true,
    id: randomUUID(),
    type: PROVIDER_TYPE,
    inputs: providerState(inputs),
    outputs: providerState(inputs),
  };
  const added = rows.map((row): Resource => {
    const { name, ...state } = stateOf(row, domain);
    return {
      ...state,
      urn: urnOf(state.type, name),
      custom: true,
      parent: root.urn,
      provider: `${provider.urn}::${provider.id}`,
      protect: true,
    };
  });
  // What others name must stand before them.
  const first = [...(savedRoot ? [] : [root]), ...(savedProvider ? [] : [provider])];
  return { ...exported, deployment: { ...exported.deployment, resources: [...first, ...before, ...added] } };
}

// The key stands in no file of ours, not even in one that is soon removed. The next "up" saves it, and the provider's
// own change is none of a postback.
function providerState(inputs: ProviderInputs): Record<string, unknown> {
  const saved = Object.entries(inputs).filter(([name]) => name !== "cake:apiKey");
  return Object.fromEntries(
    saved.map(([name, { value, secret }]) => [name, secret ? secretOf(value) : value]),
  );
}
