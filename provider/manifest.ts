import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What this package says about itself. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly homepage: string;
  readonly repository: { readonly url: string };
}

export function ownManifest(): Manifest {
  return JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as Manifest;
}

/** What each request says of its sender: `pulumi-cake/1.2.3`. */
export function userAgent(): string {
  const { name, version } = ownManifest();
  return `${name}/${version}`;
}

/** Where a browser finds a file of this version, such as `docs/rules.md#p08-unknown-macro`, in the public repository. */
export function addressOf(path: string, { version, repository }: Manifest = ownManifest()): string {
  const web = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  return `${web}/blob/v${version}/${path}`;
}
