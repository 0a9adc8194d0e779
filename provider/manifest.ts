import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What this package says about itself. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Where the files of the package are published, such as `https://example.com/pulumi-cake`. */
  readonly homepage?: string;
}

export function ownManifest(): Manifest {
  return JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as Manifest;
}

/** What each request says of its sender: `pulumi-cake/1.2.3`. */
export function userAgent(): string {
  const { name, version } = ownManifest();
  return `${name}/${version}`;
}
