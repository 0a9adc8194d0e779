import { isHostName } from "./reading/hosts";
import { UrlReading } from "./reading/reading";

/** The longest scheme, user and host that are read. */
const MAX_LENGTH = 1000;

/**
 * Scheme, host and port that a client would connect to, in their normal spelling: `HTTPS://u:p@T.Example.:443/pb` has
 * `https://t.example/`. Undefined if it is not http or https, a macro decides the host, or no such host can exist.
 */
export function urlOrigin(url: string): URL | undefined {
  const { scheme, host } = new UrlReading(url);
  const start = `${scheme}${host.text}`;
  if (!/^https?:\/\/$/i.test(scheme) || host.macros.length > 0) return undefined;
  if (start.length > MAX_LENGTH || !URL.canParse(start)) return undefined;
  const { protocol, hostname, port } = new URL(start);
  const name = hostname.replace(/\.$/, "");
  if (!isHostName(name)) return undefined;
  return new URL(`${protocol}//${name}${port === "" ? "" : `:${port}`}`);
}
