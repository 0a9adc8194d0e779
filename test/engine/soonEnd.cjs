// Loaded before a provider process: how often it tries its engine, and how long a write in flight may take when the
// engine is gone, is a tenth of what it is for users.
const OURS = new Set([5_000, 15_000]);

for (const name of ["setInterval", "setTimeout"]) {
  const wait = globalThis[name];
  globalThis[name] = (callback, ms, ...args) => wait(callback, OURS.has(ms) ? ms / 10 : ms, ...args);
}
