import * as pulumi from "@pulumi/pulumi";

/** A resource as the program registered it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** Runs a piece of a program against Pulumi's mocks; answers what it registered, in order. */
export async function declare(program: () => void, config: Record<string, string> = {}): Promise<Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        declared.push({ type, name, inputs });
        return { id: id || `${name}-id`, state: inputs };
      },
      call: ({ inputs }) => inputs,
    },
    "project",
    "stack",
    false,
    "organization",
  );
  pulumi.runtime.setAllConfig(config);
  program();
  await pulumi.runtime.disconnect();
  return declared;
}

/** The value of an Output and whether it is secret. */
export async function settled<T>(output: pulumi.Output<T>): Promise<{ value: T; secret: boolean }> {
  // Outputs are typed without what they carry beside the value.
  const inner = output as unknown as { promise(): Promise<T>; isSecret: Promise<boolean> };
  return { value: await inner.promise(), secret: await inner.isSecret };
}
