/** What an installation may weigh: what was measured for 0.1.0 and about a tenth. Raise a limit only with its reason. */
export const LIMITS = {
  /** Of the file that npm keeps. */
  packedBytes: 900_000,
  /** Of the package's own files, docs and examples included. */
  unpackedBytes: 2_800_000,
  /** pulumi-cake and its dependencies, without what only `@pulumi/pulumi` needs. */
  ownPackages: 29,
  /** Of those packages. Half of it is web-streams-polyfill, which node-fetch brings. */
  ownBytes: 21_000_000,
  /** Of the plugin in one file, which is not minified: its stack traces are read. */
  pluginBytes: 2_300_000,
  /** Of its archive for one system. */
  archiveBytes: 420_000,
} as const;
