#!/usr/bin/env node
/** What the engine starts as `pulumi-resource-cake`: it prints its port, and ends with the engine. */
import { fstatSync } from "node:fs";
import { serve } from "./server";

void main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  // The engine's flags for logs stand before or after its address.
  const engine = args.find((argument) => /^[^-].*:\d+$/.test(argument));
  const { port, end } = await serve(engine);
  process.stdout.write(`${port}\n`);
  // The engine holds the other end of this pipe as long as it lives. What a person or a test gives is no such pipe.
  if (isPipe(0))
    process.stdin
      .once("end", () => void end())
      .once("error", () => void end())
      .resume();
}

function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
