import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, temporary } from "../package/installed";
import type { LicensedPackage } from "./licenses";

/** A package that an installation brought. */
export interface InstalledPackage extends LicensedPackage {
  readonly bytes: number;
  /** Whether only a peer needs it: a project has it with or without pulumi-cake. */
  readonly isOfPeers: boolean;
}

/** Installs the packed file into an empty folder, as its user would, and says what it brought. */
export function installedPackages(tarball: string): InstalledPackage[] {
  const folder = temporary("installed");
  try {
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    npm(["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], folder);
    const lock = readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8");
    return packagesIn(lock).map((one) => ({ ...one, bytes: bytesIn(join(folder, one.path)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface LockEntry {
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly peer?: true;
  readonly link?: true;
}

/** What a lock file of npm has for users: everything but what only developers need. */
export function packagesIn(lock: string): (Omit<InstalledPackage, "bytes"> & { readonly path: string })[] {
  const { packages } = JSON.parse(lock) as { readonly packages: Readonly<Record<string, LockEntry>> };
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => path !== "" && !dev && !link)
    .map(([path, { version, license, peer = false }]) => ({
      path,
      name: path.replace(/^.*node_modules\//, ""),
      version,
      license,
      isOfPeers: peer,
    }));
}

/** Of its own files: what is nested in it is a package of its own. */
function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const nested = join(folder, "node_modules");
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(nested))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
