/** Whether the host of a URL is the wanted one. A wanted host that begins with a dot includes its subdomains. */
export function isHost(host: string, wantedHost: string): boolean {
  const [withPort, wanted] = [host.toLowerCase(), wantedHost.toLowerCase()];
  const name = withPort.replace(/:\d+$/, "");
  if (wanted.startsWith(".")) return name === wanted.slice(1) || name.endsWith(wanted);
  return name === wanted || withPort === wanted;
}
