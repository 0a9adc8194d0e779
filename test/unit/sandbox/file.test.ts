import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { startSandbox } from "../../../provider/sandbox";
import { needing } from "../../capabilities";
import { clientOf, oneInstance, rows, started } from "./support";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it("starts again with the rows that it was saved with, and does not reuse ids", async () => {
  const file = join(await emptyFolder(), "saved.json");
  const sandbox = await started({ instances: { us: { postbacks: "network" }, eu: { postbacks: rows(3) } } });
  sandbox.instance("eu").remove(3);
  await sandbox.save(file);
  const again = await started({ load: file });
  expect(again.instances.map(({ name }) => name)).toEqual(["us", "eu"]);
  expect(again.instance("us").postbacks()).toEqual(sandbox.instance("us").postbacks());
  expect((await clientOf(again.instance("eu")).create()).json).toMatchObject({
    postback: { postback_id: 4 },
  });
});

it("saves no key: a loaded instance has another, or the one it is given", async () => {
  const file = join(await emptyFolder(), "saved.json");
  const { sandbox, us } = await oneInstance({ postbacks: "article" });
  await sandbox.save(file);
  expect(await readFile(file, "utf8")).not.toContain(us.apiKey);
  expect((await started({ load: file })).instance("us").apiKey).not.toBe(us.apiKey);
  const given = await started({ load: file, instances: { eu: {}, us: { apiKey: "given" } } });
  expect(given.instance("us").apiKey).toBe("given");
  expect(given.instances.map(({ name, postbacks }) => [name, postbacks.length])).toHaveLength(2);
});

needing("modes of files")("saves for the owner's eyes only, and leaves no draft behind", async () => {
  const folder = await emptyFolder();
  const { sandbox } = await oneInstance();
  await sandbox.save(join(folder, "saved.json"));
  await sandbox.save(join(folder, "saved.json"));
  expect(await readdir(folder)).toEqual(["saved.json"]);
  expect((await stat(join(folder, "saved.json"))).mode & 0o777).toBe(0o600);
});

it("saves shortly after a change, whoever made it", async () => {
  const file = join(await emptyFolder(), "saved.json");
  const sandbox = await started({ save: file });
  sandbox.instance().add({ affiliateId: 31, offerId: 0, postbackUrl: "https://t.example/" });
  await vi.waitFor(async () => expect(await readFile(file, "utf8")).toContain('"affiliate_id": 31'));
  await clientOf(sandbox.instance()).create({ affiliate_id: 32 });
  await vi.waitFor(async () => expect(await readFile(file, "utf8")).toContain('"affiliate_id": 32'));
});

it("saves at the end, also what changed in the last moment", async () => {
  const file = join(await emptyFolder(), "saved.json");
  const sandbox = await startSandbox({ save: file });
  sandbox.instance().add({ affiliateId: 31, offerId: 0, postbackUrl: "https://t.example/" });
  await sandbox.close();
  expect((await started({ load: file })).instance().postbacks()).toMatchObject([{ affiliateId: 31 }]);
});

it("saves at the start, and does not start where it cannot", async () => {
  const folder = await emptyFolder();
  await started({ save: join(folder, "saved.json") });
  expect(await readdir(folder)).toEqual(["saved.json"]);
  const nowhere = join(folder, "no such folder", "saved.json");
  await expect(startSandbox({ save: nowhere })).rejects.toThrow(`could not be saved in ${nowhere}`);
});

it("says when it cannot save any more, and goes on", async () => {
  const folder = join(await emptyFolder(), "folder");
  const file = join(folder, "saved.json");
  await mkdir(folder);
  const failures: unknown[] = [];
  const sandbox = await startSandbox({ save: file, onSaveFailed: (error) => failures.push(error) });
  await rm(folder, { recursive: true });
  sandbox.instance().add({ affiliateId: 31, offerId: 0, postbackUrl: "https://t.example/" });
  await vi.waitFor(() => expect(String(failures[0])).toContain(`could not be saved in ${file}`));
  expect((await clientOf(sandbox.instance()).list()).status).toBe(200);
  await expect(sandbox.close()).rejects.toThrow("could not be saved");
});

it.each([
  ["{", "it is not JSON"],
  ['"text"', 'the content must be Object, found "text"'],
  ["{}", "format is missing"],
  ['{"format":"something else","instances":{}}', "format must be"],
  [
    JSON.stringify({
      format: "pulumi-cake sandbox, version 1",
      instances: { us: { last_postback_id: 1, postbacks: [{ postback_id: "x" }] } },
    }),
    "instances.us.postbacks.0.postback_id must be number",
  ],
])("refuses to load %j, and says what is wrong", async (content, reason) => {
  const file = join(await emptyFolder(), "saved.json");
  await writeFile(file, content);
  await expect(startSandbox({ load: file })).rejects.toThrow(`"${file}" is not a saved sandbox: ${reason}`);
});

it("says that the file to load is not there", async () => {
  await expect(startSandbox({ load: "/no/such/file" })).rejects.toThrow(
    /cannot read \/no\/such\/file: ENOENT/,
  );
});

it("refuses a file that a newer version saved, and says so", async () => {
  const file = join(await emptyFolder(), "saved.json");
  await writeFile(file, '{"format":"pulumi-cake sandbox, version 2","networks":[]}');
  await expect(startSandbox({ load: file })).rejects.toThrow(
    /has version 2, and this pulumi-cake reads up to 1\..*\[written-by-newer-version\]$/,
  );
});
