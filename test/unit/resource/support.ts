import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { onTestFinished, vi } from "vitest";

/** What a program sends to the engine when it declares a resource, as it goes over the wire. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  /** What else the resource may be called in the state. */
  readonly aliases: readonly object[];
  /** Set where an existing resource is read instead. */
  readonly id: string;
}

interface WireStruct {
  toJavaScript(): Record<string, unknown>;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getObject(): WireStruct;
  getAdditionalsecretoutputsList(): string[];
  getAliasesList(): { toObject(): { spec?: { name: string; type: string } } }[];
}

interface ReadRequest {
  getType(): string;
  getName(): string;
  getId(): string;
  getProperties(): WireStruct;
  getAdditionalsecretoutputsList(): string[];
}

type Handler<T> = (request: T, callback: unknown) => Promise<void>;

interface MockMonitor {
  registerResource: Handler<RegisterRequest>;
  readResource: Handler<ReadRequest>;
}

/** Runs a program against Pulumi's mocks, and keeps what it registers. */
export async function program({
  preview = false,
  stack = "live",
  config = {} as Readonly<Record<string, string>>,
  secretKeys = [] as string[],
} = {}) {
  const registrations: Registration[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ inputs, id }) => ({ id: id || "8801", state: { ...inputs, postbackId: 8801 } }),
      call: () => ({}),
    },
    ...(["shop", stack, preview, "acme"] as const),
  );
  pulumi.runtime.setAllConfig({ ...config }, secretKeys);
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  const { registerResource, readResource } = monitor;
  monitor.registerResource = (request, callback) => {
    registrations.push({
      ...{ type: request.getType(), name: request.getName(), id: "" },
      aliases: request.getAliasesList().map((alias) => {
        const { name, type } = alias.toObject().spec ?? {};
        return { ...(name ? { name } : {}), ...(type ? { type } : {}) };
      }),
      inputs: request.getObject().toJavaScript(),
      secretOutputs: request.getAdditionalsecretoutputsList(),
    });
    return registerResource.call(monitor, request, callback);
  };
  monitor.readResource = (request, callback) => {
    registrations.push({
      ...{ type: request.getType(), name: request.getName(), id: request.getId(), aliases: [] },
      inputs: request.getProperties().toJavaScript(),
      secretOutputs: request.getAdditionalsecretoutputsList(),
    });
    return readResource.call(monitor, request, callback);
  };
  /** The registration of a resource, as soon as it has gone out. */
  const sent = async (resource: pulumi.Resource): Promise<Registration> => {
    await known(resource.urn);
    const name = (resource as unknown as { __name: string }).__name;
    const found = registrations.find((one) => one.name === name);
    if (!found) throw new Error(`${name} was not registered.`);
    return found;
  };
  return { registrations, sent };
}

/** The value of an output, once it is there. */
export function known<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value)));
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** What is inside of a secret on the wire, or a text that says that it is none. */
export function secretIn(value: unknown): unknown {
  const bag = value as Record<string, unknown> | undefined;
  return bag?.[SIGNATURE] === SECRET ? bag.value : "not a secret";
}

/** A folder from where the package can be found, so that the tests need no build. */
export function installHost(): string {
  const root = mkdtempSync(join(tmpdir(), "cake-"));
  const folder = join(root, "node_modules", "pulumi-cake");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"name":"pulumi-cake","exports":{"./host":"./host.js"}}');
  writeFileSync(join(folder, "host.js"), 'exports.found = "the host";');
  vi.stubEnv("CAKE_HOST_FROM", root);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });
  return root;
}
