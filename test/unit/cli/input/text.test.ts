import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readFile, readFrom } from "../../../../provider/cli/input/text";
import { CodedError, errorText } from "../../../../provider/message";
import { temporary } from "../inventory/support";

function saved(name: string, contents: string | Buffer): string {
  const file = temporary(name);
  writeFileSync(file, contents);
  return file;
}

describe("a file is read", () => {
  const text = '{"name": "Zoë"}\r\n';

  test.each<[string, Buffer]>([
    ["in UTF-8", Buffer.from(text)],
    ["in UTF-8 with a byte order mark", Buffer.from(`\uFEFF${text}`)],
    ["in UTF-16 as PowerShell 5 writes it", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["in UTF-16, big end first", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["in UTF-16 without a byte order mark", Buffer.from(text, "utf16le")],
    ["in Windows-1252", Buffer.from(text, "latin1")],
  ])("%s", (_, contents) => {
    expect(readFile(saved("state.json", contents))).toBe(text);
  });

  test("and what is wrong with it begins with its name, also where another message quotes it", async () => {
    const file = saved("base.json", "{");
    const error = await readFrom(file, "", () => {
      throw new CodedError({ code: "export-invalid", text: "This is not an export." });
    }).catch((thrown: unknown) => thrown);
    expect(errorText(error)).toBe(`${file}: This is not an export.`);
    expect(error).toMatchObject({ message: `${file}: This is not an export. [export-invalid]` });
  });

  test("or its name is said, without the secret of a URL that was given for one", () => {
    expect(() => readFile("no-such-file.json")).toThrow("no-such-file.json cannot be read (ENOENT).");
    expect(() => readFile("https://t.partner.net/?token=s3cr3t")).toThrow(/token=\*\*\* cannot be read/);
  });
});
