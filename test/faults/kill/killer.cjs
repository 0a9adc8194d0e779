// Loaded before the provider process. Counts what the package does to the world outside, one call after the other,
// and at the n-th stops until the test has seen it: then the process is killed, or the engine is gone.
const fs = require("node:fs");
const http = require("node:http");
const net = require("node:net");

const { KILL_AT, KILL_WHAT, KILL_FOLDER } = process.env;
const { existsSync, writeFileSync } = fs;
const at = Number(KILL_AT);
let count = 0;

function step() {
  // Only what the package itself begins, and not what the SDK does around it.
  if (!/[\\/]dist[\\/]/.test(new Error().stack ?? "")) return;
  count += 1;
  writeFileSync(`${KILL_FOLDER}/count`, String(count));
  if (count !== at) return;
  writeFileSync(`${KILL_FOLDER}/reached`, "");
  if (KILL_WHAT === "host") process.kill(process.pid, "SIGKILL");
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(`${KILL_FOLDER}/go`)) Atomics.wait(pause, 0, 0, 5);
}

function counted(owner, name) {
  const original = owner[name];
  owner[name] = function (...args) {
    step();
    return original.apply(this, args);
  };
}

counted(fs.promises, "open");
for (const name of ["openSync", "writeSync", "fsync", "mkdirSync", "unlinkSync"]) counted(fs, name);
counted(http, "request");
counted(net, "connect");
counted(globalThis, "setTimeout");
