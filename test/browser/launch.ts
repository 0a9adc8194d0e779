import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser } from "puppeteer-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that this machine has; undefined for none. */
export function browserPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return process.env.CHROME_PATH ?? paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function openBrowser(): Promise<Browser> {
  const { launch } = await import("puppeteer-core");
  const isRoot = process.getuid?.() === 0;
  // A browser does not run as root in its own cage.
  return launch({ executablePath: browserPath() ?? "", args: isRoot ? ["--no-sandbox"] : [] });
}
