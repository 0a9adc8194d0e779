// Loaded before the provider process: nothing can be written below one folder, as on a disk that is full.
const fs = require("node:fs");

const folder = process.env.FULL_DISK;
const full = () =>
  Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", errno: -28 });
const writes = (flags) =>
  typeof flags === "number" ? (flags & 3) !== 0 : /[wa+]/.test(String(flags ?? "r"));

const open = fs.openSync;
fs.openSync = (path, flags, ...rest) => {
  if (String(path).startsWith(folder) && writes(flags)) throw full();
  return open(path, flags, ...rest);
};
for (const name of ["writeFileSync", "appendFileSync", "linkSync", "mkdirSync"]) {
  const original = fs[name];
  fs[name] = (path, ...rest) => {
    if (String(path).startsWith(folder)) throw full();
    return original(path, ...rest);
  };
}
for (const name of ["writeFile", "appendFile", "link", "mkdir", "open"]) {
  const original = fs.promises[name];
  fs.promises[name] = async (path, flags, ...rest) => {
    if (String(path).startsWith(folder) && (name !== "open" || writes(flags))) throw full();
    return original(path, flags, ...rest);
  };
}
