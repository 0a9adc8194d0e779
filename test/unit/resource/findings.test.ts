import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { AffiliatePostback, Provider } from "../../../provider";
import { secretWhereRequired } from "../../../provider/resource/findings";
import { installHost, known, program, secretIn } from "./support";

const PLAIN = "https://tracker.partner.example/postback?cid=#s2#&payout=#price#";
const TOKEN = `${PLAIN}&token=s3cr3t-0f-the-partner`;
const RULES = JSON.stringify({ severity: { P16: "error" } });
const STRICT = { "cake:rules": RULES };
const args = { affiliateId: 67890, offerId: 12345, postbackUrl: PLAIN };

beforeEach(() => {
  installHost();
});

function unknown<T>(): pulumi.Output<T> {
  return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;
}

/** What the URL comes to that would be registered. */
function registered(changes: Partial<Parameters<typeof secretWhereRequired>[0]>): Promise<string> {
  const url = secretWhereRequired({ ...args, ...changes }, RULES) as unknown as {
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
    promise(): Promise<string>;
    allResources(): Promise<unknown>;
  };
  // An output that fails does so four times. Its value alone is looked at here.
  for (const other of [url.isKnown, url.isSecret, url.allResources()]) other.catch(() => undefined);
  return url.promise();
}

/**
 * Collects what ends a program: an output that fails does so with each of its promises, and nobody waits for all of them.
 * Pulumi takes that from the process, and so must this test.
 */
function programFailures(): Error[] {
  const failures: Error[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => failures.push(reason as Error));
  onTestFinished(async () => {
    await new Promise(setImmediate);
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  });
  return failures;
}

describe("a project that makes an error of a secret in a plain URL", () => {
  it("stops it before anything is registered, and quotes no secret", async () => {
    await program({ config: STRICT });
    programFailures();
    const stopped = registered({ postbackUrl: TOKEN });
    await expect(stopped).rejects.toThrow(/^P16/);
    await expect(stopped).rejects.not.toThrow("s3cr3t");
  });

  it("lets a URL pass that is secret, has none, or says why", async () => {
    await program({ config: STRICT });
    expect(await registered({ postbackUrl: pulumi.secret(TOKEN) })).toBe(TOKEN);
    expect(await registered({ postbackUrl: PLAIN })).toBe(PLAIN);
    expect(await registered({ postbackUrl: TOKEN, suppress: { P16: "a public name" } })).toBe(TOKEN);
  });

  it("stops it also in a preview that knows the URL and not the offer", async () => {
    await program({ config: STRICT, preview: true });
    programFailures();
    await expect(registered({ postbackUrl: TOKEN, offerId: unknown<number>() })).rejects.toThrow(/^P16/);
  });

  it.each<[string, () => Partial<typeof args>]>([
    ["offer", () => ({ offerId: unknown() as unknown as number })],
    ["affiliate", () => ({ affiliateId: unknown() as unknown as number })],
    ["URL", () => ({ postbackUrl: unknown() as unknown as string })],
  ])("never keeps a preview waiting for what it does not know: %s", async (_, part) => {
    const { registrations } = await program({ config: STRICT, preview: true });
    new AffiliatePostback("acme", { ...args, postbackUrl: pulumi.secret(TOKEN), ...part() });
    await vi.waitFor(() => expect(registrations).toHaveLength(1));
  });

  it("registers a URL as secret as it was", async () => {
    const { sent } = await program({ config: STRICT });
    const { inputs } = await sent(
      new AffiliatePostback("acme", { ...args, postbackUrl: pulumi.secret(TOKEN) }),
    );
    expect(secretIn(inputs.postbackUrl)).toBe(TOKEN);
  });
});

describe("a transform that appends a token", () => {
  it("stops the program when it is registered, where such a project has it", async () => {
    await program({ config: STRICT });
    const failures = programFailures();
    const append: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: { ...props, postbackUrl: TOKEN },
      opts,
    });
    new AffiliatePostback("acme", args, { transformations: [append] });

    await vi.waitFor(() => expect(failures[0]?.message).toMatch(/^P16/));
    expect(failures[0]?.message).not.toContain("s3cr3t");
  });

  it("is judged by what was registered", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    await program();
    const append: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: { ...props, postbackUrl: TOKEN },
      opts,
    });
    const postback = new AffiliatePostback("acme", args, { transformations: [append] });

    expect(await known(postback.postbackUrl)).toBe(TOKEN);
    await vi.waitFor(() =>
      expect(warn.mock.calls.map(([text]) => text)).toContainEqual(expect.stringMatching(/^P16/)),
    );
    expect(warn.mock.calls.map(([text]) => text).join()).not.toContain("s3cr3t");
    warn.mockRestore();
  });
});

describe("a postback of an explicit provider", () => {
  it("is judged by that provider's instance and rules, also where they come from the environment", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    onTestFinished(() => warn.mockRestore());
    await program({ config: { "cake:domain": "us.example.com" } });
    const eu = new Provider("eu", { domain: "https://EU.example.com" });
    const at = (host: string) => ({ ...args, postbackUrl: `https://${host}/pb?cid=#s2#` });
    new AffiliatePostback("eu-in-eu", at("eu.example.com"), { provider: eu });
    await vi.waitFor(() =>
      expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^P24/), expect.anything()),
    );
    warn.mockClear();

    const other = new AffiliatePostback("us-in-eu", at("us.example.com"), { provider: eu });
    await known(other.postbackUrl);
    vi.stubEnv("CAKE_RULES", JSON.stringify({ severity: { P24: "off" } }));
    const silenced = new AffiliatePostback("eu-in-eu-again", at("eu.example.com"), { provider: eu });
    await known(silenced.postbackUrl);
    await new Promise(setImmediate);
    expect(warn.mock.calls.filter(([text]) => String(text).startsWith("P24"))).toEqual([]);
  });
});
