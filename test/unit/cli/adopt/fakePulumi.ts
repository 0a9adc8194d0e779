/** A stand-in for the Pulumi CLI: it keeps what it is given, and notes what it was asked. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, type Ended, type Project } from "./projects";

const PROGRAM = `#!${process.execPath}
const { appendFileSync, copyFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
const asked = args.join(" ");
const at = (name) => __dirname + "/" + name;
const textOf = (name) => readFileSync(at(name), "utf8");
appendFileSync(at("asked"), asked + "\\n");
if (existsSync(at("interrupted"))) {
  const { beginning, signal } = JSON.parse(textOf("interrupted"));
  if (asked.startsWith(beginning)) {
    process.kill(process.ppid, signal);
    return void setTimeout(() => {}, 3_000);
  }
}
if (existsSync(at("refused"))) {
  const { beginning, says } = JSON.parse(textOf("refused"));
  if (asked.startsWith(beginning)) {
    console.log(says);
    process.exit(255);
  }
}
if (asked.startsWith("version")) console.log("v3.260.0");
if (asked.startsWith("stack export")) {
  const { resources } = existsSync(at("imported")) ? JSON.parse(textOf("imported")) : { resources: [] };
  const urnOf = ({ type, name }) => "urn:pulumi:dev::shop::" + type + "::" + name;
  const held = resources.map((one) => ({ ...one, urn: urnOf(one), custom: true }));
  console.log(JSON.stringify({ version: 3, deployment: { resources: held } }));
}
if (asked.startsWith("stack --show-name")) console.log("dev");
if (asked.startsWith("config --json")) console.log(textOf("config"));
if (asked.startsWith("config set --secret")) {
  const value = readFileSync(0, "utf8");
  const config = { ...JSON.parse(textOf("config")), ["shop:" + args[3]]: { value, secret: true } };
  writeFileSync(at("config"), JSON.stringify(config));
}
if (asked.startsWith("import --file")) copyFileSync(args[2], at("imported"));
if (asked.startsWith("preview")) {
  const { refused, changeSummary, diagnostics } = JSON.parse(textOf(existsSync(at("imported")) ? "verified" : "preview"));
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/cake:AffiliatePostback::";
  const { postbacks } = JSON.parse(readFileSync("postbacks/adopted.json", "utf8"));
  const steps = existsSync(at("line")) ? postbacks.map(({ name }) => ({ op: "create", urn: urn + name })) : [];
  console.log(JSON.stringify({ steps, changeSummary, diagnostics }));
  if (refused) process.exit(255);
}
`;

interface Preview {
  readonly changeSummary?: Readonly<Record<string, number>>;
  readonly diagnostics?: readonly {
    readonly severity: string;
    readonly message: string;
    readonly urn?: string;
  }[];
}

/** The CLI of a project, with a stack that holds nothing. */
export class FakePulumi {
  private readonly folder: string;

  constructor(
    private readonly project: Project,
    version = "3.260.0",
  ) {
    this.folder = join(project.folder, "bin");
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, "pulumi"), PROGRAM.replace("3.260.0", version), { mode: 0o755 });
    this.config({});
    this.previews("preview", { changeSummary: { create: 1 } });
    this.previews("verified", { changeSummary: { same: 1 } });
    this.importsPostbacks(true);
  }

  /** Runs the command beside it. */
  adopt(...args: readonly string[]): Promise<Ended> {
    const { cake, folder } = this.project;
    const env = { PATH: this.folder, CAKE_API_KEY: cake.apiKey };
    return command(["adopt", ...args], { cwd: folder, env }, cake.apiKey);
  }

  /** Sets the stack's settings: its instance, and these. */
  config(settings: Readonly<Record<string, { value: string; secret: boolean }>>): void {
    const own = { "cake:domain": { value: this.project.cake.url, secret: false } };
    writeFileSync(join(this.folder, "config"), JSON.stringify({ ...own, ...settings }));
  }

  /** Says what a preview is to show from now on: before an import, or to verify one. */
  previews(when: "preview" | "verified", shown: Preview): void {
    const refused = (shown.diagnostics ?? []).some(({ severity }) => severity === "error");
    writeFileSync(join(this.folder, when), JSON.stringify({ ...shown, refused }));
  }

  /** Whether the program has the line that adopt prints. */
  importsPostbacks(does: boolean): void {
    if (does) writeFileSync(join(this.folder, "line"), "");
    else rmSync(join(this.folder, "line"));
  }

  /** Lets every command fail that begins like this; undefined for none. */
  refuse(beginning: string | undefined, says = "error: no passphrase"): void {
    if (beginning === undefined) rmSync(join(this.folder, "refused"));
    else writeFileSync(join(this.folder, "refused"), JSON.stringify({ beginning, says }));
  }

  /** The secrets in the stack's configuration; undefined before they are set. */
  secrets(): unknown {
    const settings = JSON.parse(this.textOf("config") ?? "{}");
    const { value } = settings["shop:postbackSecrets"] ?? {};
    return value === undefined ? undefined : JSON.parse(value);
  }

  /** Ends the command by a signal as soon as it asks for something that begins like this; undefined for never. */
  interrupt(beginning: string | undefined, signal?: NodeJS.Signals): void {
    if (beginning === undefined) rmSync(join(this.folder, "interrupted"));
    else writeFileSync(join(this.folder, "interrupted"), JSON.stringify({ beginning, signal }));
  }

  /** The ids of what was imported last. */
  imported(): string[] {
    const { resources } = JSON.parse(this.textOf("imported") ?? '{"resources":[]}');
    return resources.map(({ id }: { id: string }) => id);
  }

  /** What it was asked, one command for each line. */
  asked(): string[] {
    return (this.textOf("asked") ?? "").trimEnd().split("\n");
  }

  private textOf(name: string): string | undefined {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  }
}
