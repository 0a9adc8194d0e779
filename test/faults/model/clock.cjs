// Loaded before the provider process: after some looks at the clock, the machine's time steps.
const now = Date.now;
const step = Number(process.env.CLOCK_STEP);
let looks = 0;
Date.now = () => {
  looks += 1;
  return now() + (looks > 10 ? step : 0);
};
