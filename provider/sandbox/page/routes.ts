import { Hono } from "hono";
import type { Emulator } from "../emulator";
import type { Env } from "../http/guard";
import type { SandboxInstance } from "../instance";

export function pageOf(_name: string, _emulator: Emulator, _all: () => SandboxInstance[]): Hono<Env> {
  return new Hono<Env>();
}
