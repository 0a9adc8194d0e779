// Loaded before the provider process: whatever it waits for is over at once, and its clock is as much later.
const { systemClock } = require(process.env.CLOCK_MODULE);

const { now } = systemClock;
let skipped = 0;
systemClock.now = () => now() + skipped;
systemClock.sleep = (ms) => {
  const end = systemClock.now() + ms;
  return new Promise((resolve) => {
    setImmediate(() => {
      skipped += Math.max(0, end - systemClock.now());
      resolve();
    });
  });
};
systemClock.random = () => 0.5;
