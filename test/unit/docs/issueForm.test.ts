import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commandLine } from "../../../provider/cli/commands";
import { unwantedWords } from "../../docs/words";

const root = join(__dirname, "../../..");
const folder = ".github/ISSUE_TEMPLATE";
const forms = readdirSync(join(root, folder)).filter((file) => file !== "config.yml");
const textOf = (path: string) => readFileSync(join(root, path), "utf8");

// As GitHub documents it: "Syntax for GitHub's form schema".
const text = v.pipe(v.string(), v.nonEmpty());
const id = v.pipe(v.string(), v.regex(/^[\w-]+$/));
const validations = v.exactOptional(v.strictObject({ required: v.boolean() }));
const label = { label: text, description: v.exactOptional(text) };
const element = v.variant("type", [
  v.strictObject({ type: v.literal("markdown"), attributes: v.strictObject({ value: text }) }),
  v.strictObject({
    ...{ type: v.literal("textarea"), id, validations },
    attributes: v.strictObject({
      ...label,
      render: v.exactOptional(text),
      placeholder: v.exactOptional(text),
    }),
  }),
  v.strictObject({
    ...{ type: v.literal("input"), id, validations },
    attributes: v.strictObject({ ...label, placeholder: v.exactOptional(text) }),
  }),
  v.strictObject({
    ...{ type: v.literal("dropdown"), id, validations },
    // An option without quotes, such as `No`, would be a boolean.
    attributes: v.strictObject({
      ...label,
      options: v.pipe(v.array(text), v.minLength(1), v.check(isUnique)),
    }),
  }),
  v.strictObject({
    ...{ type: v.literal("checkboxes"), id },
    attributes: v.strictObject({
      ...label,
      options: v.pipe(
        v.array(v.strictObject({ label: text, required: v.exactOptional(v.boolean()) })),
        v.minLength(1),
      ),
    }),
  }),
]);
const form = v.strictObject({
  name: v.pipe(text, v.minLength(4)),
  description: v.pipe(text, v.maxLength(200)),
  title: v.exactOptional(v.string()),
  labels: v.exactOptional(v.array(text)),
  body: v.pipe(
    v.array(element),
    v.check((body) => isUnique(body.flatMap((one) => ("id" in one ? [one.id] : []))), "ids repeat"),
    v.check((body) => body.some(({ type }) => type !== "markdown"), "asks for nothing"),
  ),
});

function isUnique(values: string[]): boolean {
  return new Set(values).size === values.length;
}

describe("an issue form", () => {
  it.each(forms)("has the structure that GitHub documents: %s", (file) => {
    const { issues = [] } = v.safeParse(form, parse(textOf(`${folder}/${file}`)));
    expect(issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toEqual([]);
  });

  it.each(forms)("uses the words of the project: %s", (file) => {
    expect(unwantedWords(textOf(`${folder}/${file}`))).toEqual([]);
  });
});

describe("the page on which a form is chosen", () => {
  const config = v.strictObject({
    blank_issues_enabled: v.literal(false),
    contact_links: v.array(v.strictObject({ name: text, url: v.pipe(text, v.url()), about: text })),
  });

  it("has the structure that GitHub documents, and leads vulnerabilities to the private form", () => {
    const { contact_links } = v.parse(config, parse(textOf(`${folder}/config.yml`)));
    expect(contact_links.map(({ url }) => url).some((url) => url.endsWith("/security/advisories/new"))).toBe(
      true,
    );
  });

  it.each(forms)("warns before a public form takes what is private: %s", (file) => {
    expect(textOf(`${folder}/${file}`)).toMatch(/no key|every token|no real partner/);
  });
});

describe("the form about a CAKE instance", async () => {
  const { body } = v.parse(form, parse(textOf(`${folder}/your-cake.yml`)));
  const report = body.find((one) => "id" in one && one.id === "report");
  const description = report?.type === "textarea" ? (report.attributes.description ?? "") : "";
  const [, command = ""] = /```sh\n(.*)\n```/.exec(description) ?? [];

  it("asks for the report that docs/doctor.md describes, with the same command", () => {
    expect(command).not.toBe("");
    expect(textOf("docs/doctor.md")).toContain(`\n${command}\n`);
    expect(report).toMatchObject({ attributes: { render: "json" }, validations: { required: true } });
  });

  it("has a command that the command line takes, and that prints the report for strangers", async () => {
    const [line = ""] = command.split(" > ");
    const [name = "", ...args] = line.replace("npx --no -- pulumi-cake ", "").split(" ");
    const program = await commandLine([name]);
    const doctor = program.commands.find((one) => one.name() === name);
    expect(doctor?.parseOptions(args)).toEqual({ operands: [], unknown: [] });
    expect(doctor?.opts()).toMatchObject({ format: "json", anonymize: true, discover: true });
  });

  it("names every option in its text that it does not use as one that exists", async () => {
    const doctor = (await commandLine(["doctor"])).commands.find((one) => one.name() === "doctor");
    const known = doctor?.options.map(({ long }) => long) ?? [];
    for (const option of description.match(/--[a-z][a-z-]*/g) ?? [])
      if (option !== "--no") expect(known).toContain(option);
  });
});
