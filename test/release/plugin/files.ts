import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { create } from "tar";
import { bundlePlugin, manifest } from "./bundle";
import { thirdPartyNotices } from "./notices";

const ROOT = resolve(__dirname, "../../..");
/** The name by which the engine starts the plugin. */
export const EXECUTABLE = "pulumi-resource-cake";

/** The systems for which the engine asks, as it spells them. The plugin is the same for all. */
const SYSTEMS = ["linux", "darwin", "windows"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => `${os}-${arch}`),
);

// npm gives the files in its packages this time, too: an archive must not depend on when it was made.
const MTIME = new Date("1985-10-26T08:15:00Z");

/** Writes the plugin as it lies in a user's plugin folder: the executable, and what belongs to it. */
export async function writePlugin(folder: string): Promise<void> {
  const { code, packages } = await bundlePlugin();
  const { version, license, engines } = manifest();
  const needed = `${EXECUTABLE} needs Node.js ${engines.node}, and there is no node on the PATH. See https://nodejs.org`;
  mkdirSync(folder, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    [EXECUTABLE]: `${unixStart(needed)}${code}`,
    // On Windows, the engine finds no other executable but this one and an .exe.
    [`${EXECUTABLE}.cmd`]: windowsStart(needed),
    // Whatever a package.json further up says, this is CommonJS.
    "package.json": `${JSON.stringify({ name: EXECUTABLE, version, license, private: true, type: "commonjs" }, undefined, 2)}\n`,
    "THIRD-PARTY-NOTICES.txt": thirdPartyNotices(packages),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  copyFileSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  chmodSync(join(folder, EXECUTABLE), 0o755);
}

/** Writes the archives that the engine downloads, one for each system. */
export async function writeArchives(folder: string): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), "cake-plugin-"));
  try {
    await writePlugin(join(place, "plugin"));
    const archive = join(place, "plugin.tar.gz");
    const names = ["LICENSE", "THIRD-PARTY-NOTICES.txt", "package.json", EXECUTABLE, `${EXECUTABLE}.cmd`];
    await create(
      { file: archive, cwd: join(place, "plugin"), gzip: { level: 9 }, portable: true, mtime: MTIME },
      names,
    );
    for (const system of SYSTEMS) copyFileSync(archive, join(folder, archiveName(system)));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The name by which the engine asks for the archive of a system, such as `linux-amd64`. */
export function archiveName(system: string): string {
  return `${EXECUTABLE}-v${manifest().version}-${system}.tar.gz`;
}

/** The system that runs this. */
export function thisSystem(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}-${process.arch === "x64" ? "amd64" : process.arch}`;
}

/** To a shell, the second line starts Node with this same file; to JavaScript, it is a text and a comment. */
function unixStart(needed: string): string {
  return `#!/bin/sh
":" //; command -v node >/dev/null || { echo "${needed}" >&2; exit 1; }; exec node "$0" "$@"
`;
}

function windowsStart(needed: string): string {
  return [
    "@echo off",
    "where node >nul 2>nul",
    `if errorlevel 1 (echo ${needed.replace(/[\^<>|&]/g, "^$&")} 1>&2 & exit /b 1)`,
    `node "%~dp0${EXECUTABLE}" %*`,
    "",
  ].join("\r\n");
}
