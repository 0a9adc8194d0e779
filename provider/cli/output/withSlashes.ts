/** A path as URIs and annotations have it. On Windows a backslash separates; elsewhere it may be a part of a name. */
export function withSlashes(path: string, platform: NodeJS.Platform = process.platform): string {
  const isWindows = platform === "win32" || /^(?:[a-z]:[\\/]|\\\\)/i.test(path);
  return isWindows ? path.replaceAll("\\", "/") : path;
}
