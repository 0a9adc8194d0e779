// Loads every module that is named in the arguments, in this process alone, and prints what that changed beside them.
const modules = process.argv.slice(2);
// What programs and packs have loaded already. Its own effects, and those of globals that Node makes when they are
// first read, come first.
const sdks = ["@pulumi/pulumi", "@pulumi/policy"].map((name) => require(name));
for (const name of Object.getOwnPropertyNames(globalThis)) void globalThis[name];

const before = snapshot();
for (const path of modules) require(path);
const after = snapshot();
const names = new Set([...before.keys(), ...after.keys()]);
const changed = [...names].filter((name) => !Object.is(before.get(name), after.get(name)));
console.log(JSON.stringify(changed));

function snapshot() {
  const found = new Map();
  note(found, "globalThis", globalThis, 0);
  for (const name of [
    "Array",
    "Date",
    "Error",
    "Function",
    "JSON",
    "Map",
    "Object",
    "Promise",
    "Set",
    "String",
  ])
    note(found, name, globalThis[name], 2);
  for (const name of ["dns", "events", "fs", "http", "https", "module", "net", "process", "tls"])
    note(found, `node:${name}`, require(`node:${name}`), 0);
  for (const [index, sdk] of sdks.entries()) note(found, `SDK ${index}`, sdk, 4);
  for (const event of process.eventNames()) found.set(`event ${String(event)}`, process.listenerCount(event));
  found.set("environment", JSON.stringify(process.env));
  found.set("resources", process.getActiveResourcesInfo().join());
  return found;
}

function note(found, path, value, depth, seen = new Set()) {
  if (value === null || !["object", "function"].includes(typeof value) || seen.has(value)) return;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    const { get, value: held } = Object.getOwnPropertyDescriptor(value, key);
    const name = `${path}.${String(key)}`;
    found.set(name, get ?? held);
    if (depth > 0) note(found, name, held, depth - 1, seen);
  }
}
