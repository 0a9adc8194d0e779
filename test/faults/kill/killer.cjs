// Loaded before the provider process. Counts what the package does to the world outside, one await after the other,
// and at the n-th either kills the process, or lets the test kill the engine before it goes on.
const fs = require("node:fs");
const http = require("node:http");
const net = require("node:net");

const { KILL_AT, KILL_WHAT, KILL_FOLDER } = process.env;
const at = Number(KILL_AT);
let count = 0;

function step() {
  // Only what the package itself begins, and not what the SDK does around it.
  if (!/[\\/]dist[\\/](http|cake|lifecycle|host)/.test(new Error().stack ?? "")) return;
  count += 1;
  fs.writeFileSync(`${KILL_FOLDER}/count`, String(count));
  if (count !== at) return;
  if (KILL_WHAT === "host") process.kill(process.pid, "SIGKILL");
  fs.writeFileSync(`${KILL_FOLDER}/reached`, "");
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!fs.existsSync(`${KILL_FOLDER}/go`)) Atomics.wait(pause, 0, 0, 5);
}

function counted(owner, name) {
  const original = owner[name];
  owner[name] = function (...args) {
    step();
    return original.apply(this, args);
  };
}

for (const name of ["open", "rename", "unlink", "mkdir", "lstat", "readdir"]) counted(fs.promises, name);
counted(http, "request");
counted(net, "connect");
counted(globalThis, "setTimeout");
