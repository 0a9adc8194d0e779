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

/** Another `pulumi-cake/host`, whose errors are serialized as ever: `operation` is the text of a function of (id or inputs, …). */
export function serializedOperation(operation: string): Folder {
  const folder = new Folder();
  const serialize = JSON.stringify(join(REPOSITORY, "dist/lifecycle/serializeErrors.js"));
  const failures = JSON.stringify(join(REPOSITORY, "dist/lifecycle/errors.js"));
  folder.write(
    "node_modules/pulumi-cake/host.js",
    `const { serializeErrors } = require(${serialize});
const { PartialFailure, UnsafeOperationError } = require(${failures});
const message = (text) => ({ code: "planned", text, happened: text, means: "", next: "" });
const operation = ${operation};
const answer = (bag) => serializeErrors({ __provider: bag.__provider }, () => operation(bag));
exports.check = (_olds, news) => answer(news);
exports.diff = (_id, _olds, news) => answer(news);
exports.create = (inputs) => answer(inputs);
exports.read = (_id, state) => answer(state);
exports.update = (_id, _olds, news) => answer(news);
exports.delete = (_id, state) => answer(state);
`,
  );
  return folder;
}
