import { resolve } from "node:path";
import { postbackIdOf } from "../../postback/postback";
import { type DeclaredPostback, declaredPostback } from "./declared";
import type { Environment } from "./instance";
import { Pulumi } from "./pulumi";
import { isWanted, parseStackExport, plainText, type ResourceState, resourceName } from "./stackExport";
import type { StackOptions } from "./stackSettings";
import { isHidden, openValue } from "./value";

/** A postback as a stack's state has it. */
export interface ManagedPostback extends DeclaredPostback {
  readonly stack: string;
  /** The resource's name in the program. */
  readonly name: string;
  readonly id: number;
  /** Host and port of its instance; undefined where the state does not tell it. */
  readonly instance: string | undefined;
  /** Whether the program says that the URL is secret. */
  readonly isSecret: boolean;
  /** A hash of the URL as CAKE answers it, where that differs from the URL as it was sent. */
  readonly storedUrlHash: string | undefined;
}

/** A stack's state, as it was exported. */
export interface Stack {
  /** `project/stack` as the export tells it; the file's name where it holds no resource. */
  readonly name: string;
  readonly file: string;
  readonly postbacks: readonly ManagedPostback[];
}

/** Reads what `pulumi stack export` printed. Throws a message for people. */
export function parseStack(text: string, file: string): Stack {
  const { resources } = parseStackExport(text);
  const name = stackName(resources) ?? file;
  return { name, file, postbacks: resources.filter(isWanted).flatMap((one) => managed(one, name)) };
}

/** A stack as the Pulumi CLI exports it; secrets stay encrypted. Throws a message for people. */
export async function exportStack({ stack, cwd }: StackOptions, env: Environment): Promise<Stack> {
  return parseStack(await new Pulumi(resolve(cwd), stack, env).exportState(), `stack ${stack}`);
}

// A resource that never got an id, as after an interrupted create, stands for no record that could be named.
function managed(resource: ResourceState, stack: string): ManagedPostback[] {
  const { urn, inputs, outputs } = resource;
  const id = postbackIdOf(resource.id ?? "");
  if (id === undefined) return [];
  const declared = declaredPostback({ ...inputs, ...outputs });
  return [
    {
      ...declared,
      stack,
      id,
      name: resourceName(urn),
      // Secrecy that a program gave later stands in the inputs first.
      isSecret: isHidden(declared.url) || isHidden(openValue(inputs.postbackUrl)),
      instance: plainText(outputs.domain),
      storedUrlHash: plainText(outputs.__echo),
    },
  ];
}

// urn:pulumi:<stack>::<project>::…
function stackName(resources: readonly ResourceState[]): string | undefined {
  const [first] = resources;
  const [stack, project] = first?.urn.replace(/^urn:pulumi:/, "").split("::") ?? [];
  return stack === undefined || project === undefined ? undefined : `${project}/${stack}`;
}
