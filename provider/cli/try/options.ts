import { type Command, InvalidArgumentError, Option } from "commander";
import { postbackIdOf } from "../../postback/postback";
import { type StackOptions, stackOptions } from "../input/stackSettings";

/** A value that the command line gives to a macro. */
export interface GivenValue {
  /** The name without hashes, as it is spelled. */
  readonly name: string;
  readonly value: string;
}

export interface Options extends StackOptions {
  readonly resource?: string;
  readonly row?: number;
  readonly id?: number;
  readonly set: readonly GivenValue[];
  readonly send?: boolean;
  readonly yes?: boolean;
  readonly timeout: number;
  readonly allowPrivate?: boolean;
  readonly allowCi?: boolean;
  readonly rules?: string;
  readonly domain?: string;
  readonly format: "pretty" | "json";
}

/** Adds the argument and the options of the command. */
export function addOptions(command: Command): Command {
  return stackOptions(command)
    .argument(
      "[source]",
      'a URL, or a file: a preview, an export, a CSV or URLs; "-" is standard input (default: -)',
    )
    .addOption(
      new Option("--resource <name>", "the postback with this name or URN (default: the only one)").conflicts(
        ["row", "id"],
      ),
    )
    .addOption(
      new Option("--row <line>", "the postback in this line of a CSV or of URLs (default: the only one)")
        .argParser(positive("a line, such as 3"))
        .conflicts("id"),
    )
    .option(
      "--id <postback>",
      "the postback with this ID in CAKE; without a source it is read from CAKE (default: the only one)",
      parseId,
    )
    .addOption(
      new Option("--set <macro=value>", "the value of a macro, such as s2=a1b2; repeatable")
        .argParser(addValue)
        .default([], "sample values"),
    )
    .option("--send", "call the partner once: the partner may count a conversion")
    .option("--yes", "send without asking")
    .option("--timeout <seconds>", "how long the call may take", parseTimeout, 30)
    .option("--allow-private", "also call an address of this machine or its network")
    .option("--allow-ci", "also call in continuous integration")
    .option(
      "--rules <file>",
      "a file with the JSON of cake:rules (default: those of the preview or stack, or CAKE_RULES)",
    )
    .option("--domain <host>", "the CAKE instance (default: CAKE_DOMAIN)")
    .addOption(
      new Option("--format <format>", "how to print the report")
        .choices(["pretty", "json"])
        .default("pretty"),
    );
}

function parseId(value: string): number {
  const id = postbackIdOf(value);
  if (id === undefined) throw new InvalidArgumentError("It must be a postback ID, such as 8801.");
  return id;
}

function positive(expected: string): (value: string) => number {
  return (value) => {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError(`It must be ${expected}.`);
    return Number(value);
  };
}

const MAX_TIMEOUT_S = 120;

function parseTimeout(value: string): number {
  const seconds = /^\d{1,4}(?:\.\d{1,3})?$/.test(value) ? Number(value) : 0;
  if (seconds <= 0 || seconds > MAX_TIMEOUT_S)
    throw new InvalidArgumentError(`It must be seconds, at most ${MAX_TIMEOUT_S}.`);
  return seconds;
}

function addValue(text: string, others: readonly GivenValue[]): GivenValue[] {
  const { hash, name, value } = /^(?<hash>#?)(?<name>\w+)\k<hash>=(?<value>.*)$/s.exec(text)?.groups ?? {};
  if (name === undefined || value === undefined || hash === undefined)
    throw new InvalidArgumentError("It must be a macro and its value, such as s2=a1b2.");
  // A half of a surrogate pair cannot be encoded.
  if (/\p{Surrogate}/u.test(value)) throw new InvalidArgumentError("Its value is not valid Unicode.");
  if (others.some((one) => one.name === name)) throw new InvalidArgumentError(`#${name}# has two values.`);
  return [...others, { name, value }];
}
