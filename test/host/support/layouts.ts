import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY } from "./process";

/** A folder of its own for a test, removed with it. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-cake-host-")));

  /** Writes a file, with its folders. */
  write(name: string, text: string): string {
    const file = this.place(name);
    writeFileSync(file, text);
    return file;
  }

  /** Makes `name` a link to `target`, with its folders. */
  link(name: string, target: string): string {
    const link = this.place(name);
    symlinkSync(target, link);
    return link;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private place(name: string): string {
    const place = join(this.path, name);
    mkdirSync(dirname(place), { recursive: true });
    return place;
  }
}

/** Another `pulumi-cake/host` behind the real guard: `operation` is the text of a function of (id or inputs, …). */
export function guardedOperation(operation: string): Folder {
  const folder = new Folder();
  const guard = JSON.stringify(join(REPOSITORY, "dist/lifecycle/guard.js"));
  const failures = JSON.stringify(join(REPOSITORY, "dist/lifecycle/errors.js"));
  folder.write(
    "node_modules/pulumi-cake/host.js",
    `const { guarded } = require(${guard});
const { PartialFailure, RefusedByGuard } = require(${failures});
const operation = ${operation};
exports.check = (_olds, news) => guarded(news, () => operation(news));
exports.diff = (_id, _olds, news) => guarded(news, () => operation(news));
exports.create = (inputs) => guarded(inputs, () => operation(inputs));
exports.read = (_id, state) => guarded(state, () => operation(state));
exports.update = (_id, _olds, news) => guarded(news, () => operation(news));
exports.delete = (_id, state) => guarded(state, () => operation(state));
`,
  );
  return folder;
}
