// Loaded before the provider process: nothing can be written below one folder, as on a disk that is full. By default no
// file can be made; with FULL_AT=write one can be, and takes no byte.
const fs = require("node:fs");

const { FULL_DISK: folder, FULL_AT } = process.env;
const full = () =>
  Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", errno: -28 });
const isBelow = (path) => String(path).startsWith(folder);
const writes = (flags) =>
  typeof flags === "number" ? (flags & 3) !== 0 : /[wa+]/.test(String(flags ?? "r"));
const files = new Set();

const { openSync, writeSync, mkdirSync } = fs;
fs.openSync = (path, flags, ...rest) => {
  const isFull = isBelow(path) && writes(flags);
  if (isFull && FULL_AT !== "write") throw full();
  const file = openSync(path, flags, ...rest);
  if (isFull) files.add(file);
  else files.delete(file);
  return file;
};
fs.writeSync = (file, ...rest) => {
  if (files.has(file)) throw full();
  return writeSync(file, ...rest);
};
fs.mkdirSync = (path, ...rest) => {
  if (isBelow(path) && FULL_AT !== "write") throw full();
  return mkdirSync(path, ...rest);
};
