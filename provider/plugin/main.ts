#!/usr/bin/env node
/** What the engine starts as `pulumi-resource-cake`: it prints its port, and ends with the engine. */
import { fstatSync } from "node:fs";
import { serve } from "./server";

main(process.argv.slice(2)).catch(({ message }: Error) => {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});

async function main(args: readonly string[]): Promise<void> {
  const { port, end, presentable } = await serve(engineIn(args));
  process.once("uncaughtException", (error) => {
    // Whatever follows is of this error, or of a stream that cannot take its message.
    process.on("uncaughtException", () => undefined);
    process.stderr.write(`${presentable(error)}\n`);
    void end();
  });
  process.stdout.write(`${port}\n`);
  // The engine holds the other end of this pipe as long as it lives. What a person or a test gives is no such pipe.
  if (isPipe(0))
    process.stdin
      .once("end", () => void end())
      .once("error", () => void end())
      .resume();
}

// The engine's flags stand before its address, and one of them has a URL behind it.
function engineIn(args: readonly string[]): string | undefined {
  return args.find((argument) => /^[^-/][^/]*:\d+$/.test(argument));
}

function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
