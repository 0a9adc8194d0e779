/** What the tests' own process says of CAKE, of colours and of Node is nothing that a command is to find. */
const UNHEARD = /^(?:CAKE_|CI$|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$)/;

/** The environment of a command that a test starts. */
export function environmentWith(added: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const heard = Object.entries(process.env).filter(([name]) => !UNHEARD.test(name));
  return { ...Object.fromEntries(heard), ...added };
}
