/**
 * For each of the fifty promises of a resource, the SDK notes as a text where it was made. Read through source maps,
 * these texts take more time than all else that a program of many resources does, and nobody sees them unless
 * `PULUMI_DEBUG_PROMISE_LEAKS` is set. Leaves them out until the function that it gives is called; every other stack
 * trace, of an error or of the position that Pulumi keeps for a resource, is as it always is.
 */
export function leaveOutPromiseTraces(): () => void {
  const ordinary = Error.prepareStackTrace;
  // Without source maps read in JavaScript, the texts cost little.
  if (ordinary === undefined || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return () => undefined;
  const sparing: typeof ordinary = (error, frames) =>
    isOfPromise(frames) ? String(error) : ordinary.call(Error, error, frames);
  Error.prepareStackTrace = sparing;
  return () => {
    if (Error.prepareStackTrace === sparing) Error.prepareStackTrace = ordinary;
  };
}

// Where another version of the SDK names its function otherwise, all is as if this file were not there.
function isOfPromise([first]: NodeJS.CallSite[]): boolean {
  return first?.getFunctionName() === "debuggablePromise";
}
