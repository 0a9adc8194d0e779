/** The schema of the plugin, made from the tables and docstrings of the package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "../../provider/manifest";
import {
  ARGUMENT_TYPES,
  named,
  PROPERTY_TYPES,
  type SchemaType,
  SETTING_TYPES,
} from "../../provider/plugin/schemaTypes";
import { FIELDS } from "../../provider/postback/fields";
import { CLICK_ID_SLOTS } from "../../provider/postback/macros";
import {
  PLUGIN_TYPE_TOKEN,
  POSTBACK_STATUSES,
  POSTBACK_TYPES,
  TYPE_TOKEN,
} from "../../provider/postback/postback";
import {
  defaultOf,
  meaningOf,
  SETTING_NAMES,
  type SettingSchema,
  settings,
} from "../../provider/settings/settings";
import { docstringOf, type Member, membersOf, sourceFile } from "./docstrings";
import { code, withoutLinks } from "./markdown";
import { programParts } from "./programs";

export const PLUGIN_SCHEMA = "provider/plugin/schema.json";

/** The text of the schema. */
export function pluginSchema(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { version, description, homepage, license, repository } = manifest;
  const home = repository.url.replace(/^git\+|\.git$/g, "");
  const schema = {
    ...{ name: "cake", displayName: "CAKE", version, description, homepage, license, repository: home },
    keywords: ["pulumi", "cake", "affiliate", "postback", "ad-ops", "kind/native", "category/utility"],
    publisher: "pulumi-cake",
    configurationDocsUrl: addressOf("docs/registry/installation-configuration.md"),
    // Without it, the engine would ask Pulumi's own server for the plugin.
    pluginDownloadURL: `${home}/releases/download/v\${VERSION}`,
    language: LANGUAGES,
    ...settingsOf(root),
    ...typesOf(root),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

const LANGUAGES = {
  nodejs: { packageName: "@pulumi-cake/cake", respectSchemaVersion: true },
  python: { packageName: "pulumi_cake", respectSchemaVersion: true, pyproject: { enabled: true } },
  go: {
    importBasePath: "github.com/pulumi-cake/pulumi-cake/sdk/go/cake",
    respectSchemaVersion: true,
    generateResourceContainerTypes: true,
  },
  csharp: { rootNamespace: "PulumiCake", namespaces: { cake: "Cake" }, respectSchemaVersion: true },
  java: { basePackage: "io.github.pulumicake", buildFiles: "gradle", respectSchemaVersion: true },
};

/**
 * Settings have no default and no variable of the environment here: an SDK would send the value, and with it the key
 * would come into the state. The provider resolves both by itself.
 */
function settingsOf(root: string) {
  const args = membersOf(sourceFile(join(root, "provider/resource/provider.ts")), "ProviderArgs");
  const typed = (describe: (name: keyof typeof settings, schema: SettingSchema) => string) =>
    Object.fromEntries(
      SETTING_NAMES.map((name) => {
        const schema: SettingSchema = settings[name];
        const type = schema.kind === "choice" ? named(pascal(name)) : SETTING_TYPES[schema.kind];
        const secret = schema.secret ? { secret: true } : {};
        return [name, { ...type, ...secret, description: describe(name, schema) }];
      }),
    );
  return {
    config: {
      variables: typed((_, schema) =>
        prose(
          `${meaningOf(schema)} Environment variable: ${code(schema.variable)}. Default: ${defaultOf(schema)}.`,
        ),
      ),
    },
    provider: {
      description:
        "A CAKE instance with settings and a key of its own. It inherits neither from the stack's configuration.",
      inputProperties: typed((name) => described(args.find((one) => one.name === name))),
      requiredInputs: requiredOf(args),
    },
  };
}

function typesOf(root: string) {
  const read = (path: string) => sourceFile(join(root, "provider", path));
  const resource = read("resource/affiliatePostback.ts");
  const lookups = read("resource/lookups.ts");
  const args = membersOf(resource, "AffiliatePostbackArgs");
  const isRecorded = ({ name }: Member) => name in FIELDS && effectOf(name) === "record";
  const outputs = [...membersOf(resource, "AffiliatePostback"), ...args.filter(isRecorded)];
  const one = membersOf(lookups, "GetAffiliatePostbackArgs");
  const filter = objectOf(membersOf(lookups, "GetAffiliatePostbacksArgs"));
  const records = read("lookup/record.ts");
  const record = objectOf(
    membersOf(records, "AffiliatePostbackRecord"),
    docstringOf(records, "AffiliatePostbackRecord"),
  );
  const url = read("postback/url.ts");
  const choices = SETTING_NAMES.flatMap((name) => {
    const schema: SettingSchema = settings[name];
    return schema.kind === "choice" ? [[token(pascal(name)), enumOf(schema.values, schema.meaning)]] : [];
  });
  return {
    types: {
      [token("Adopt")]: objectOf(one, "The live postback to adopt."),
      [token("AffiliatePostbackRecord")]: record,
      [token("ClickIdSlot")]: enumOf(CLICK_ID_SLOTS, "A sub ID of CAKE."),
      [token("PostbackStatus")]: enumOf(POSTBACK_STATUSES, "Whether CAKE calls the URL."),
      [token("PostbackType")]: {
        ...{ type: "integer", description: "How the conversion is reported." },
        enum: Object.entries(POSTBACK_TYPES).map(([id, name]) => ({
          ...{ name: pascal(name), value: Number(id) },
          description: `Type ${id}: ${name}.`,
        })),
      },
      [token("UrlParts")]: objectOf(membersOf(url, "UrlParts"), docstringOf(url, "UrlParts")),
      ...Object.fromEntries(choices),
    },
    resources: {
      [PLUGIN_TYPE_TOKEN]: {
        description: `${prose(docstringOf(resource, "AffiliatePostback"))}${usage(root)}`,
        inputProperties: propertiesOf(args, ARGUMENT_TYPES, (name) =>
          effectOf(name) === "replace" ? { willReplaceOnChanges: true } : {},
        ),
        requiredInputs: requiredOf(args),
        properties: propertiesOf(outputs),
        required: requiredOf(outputs),
        // What "pulumi do" can ask for. Without it, no listing is offered.
        listInputs: filter,
        // What a TypeScript program has declared by the dynamic resource stays the same resource.
        aliases: [{ type: TYPE_TOKEN }],
      },
    },
    functions: {
      [token("getAffiliatePostback")]: {
        description: prose(docstringOf(lookups, "getAffiliatePostback")),
        inputs: objectOf(one),
        outputs: record,
      },
      [token("getAffiliatePostbacks")]: {
        description: prose(docstringOf(lookups, "getAffiliatePostbacks")),
        inputs: filter,
        outputs: {
          type: "object",
          properties: {
            postbacks: {
              type: "array",
              items: named("AffiliatePostbackRecord"),
              description: "The postbacks that match, in the order of their IDs.",
            },
          },
          required: ["postbacks"],
        },
      },
    },
  };
}

/** An example for each language that has one, of which an SDK keeps its own, and how to import. */
function usage(root: string): string {
  const { quickstartPython, quickstartYaml } = programParts(root);
  return `

{{% examples %}}
{{% example %}}
### Example: two offers of one partner

${quickstartPython}
${quickstartYaml}
{{% /example %}}
{{% /examples %}}

## Import

A live postback is imported by its ID in CAKE:

\`\`\`sh
$ pulumi import ${PLUGIN_TYPE_TOKEN} acme-summer-sale 8801
\`\`\``;
}

function objectOf(members: readonly Member[], description?: string) {
  return {
    type: "object",
    ...(description === undefined ? {} : { description: prose(description) }),
    properties: propertiesOf(members),
    required: requiredOf(members),
  };
}

function propertiesOf(
  members: readonly Member[],
  types: Readonly<Record<string, SchemaType>> = PROPERTY_TYPES,
  more: (name: string) => object = () => ({}),
) {
  return Object.fromEntries(
    members.map((member) => {
      const { name } = member;
      if (types[name] === undefined)
        throw new Error(`provider/plugin/schemaTypes.ts has no type for ${name}.`);
      return [name, { ...types[name], ...more(name), description: described(member) }];
    }),
  );
}

function requiredOf(members: readonly Member[]): string[] {
  return members.filter(({ optional }) => !optional).map(({ name }) => name);
}

function enumOf(values: readonly string[], description: string) {
  return { type: "string", description, enum: values.map((value) => ({ name: pascal(value), value })) };
}

function effectOf(name: string): string {
  return FIELDS[name as keyof typeof FIELDS].change;
}

/** A default stands in the text alone, because an SDK would send one that has a place of its own. */
function described(member: Member | undefined): string {
  if (member === undefined || member.text === "") throw new Error(`${member?.name} has no docstring.`);
  const fallback = /^`"?(?<value>\d+|true|false|(?<=")[\w-]+)"?`$/.exec(member.fallback)?.groups?.value;
  const byDefault = fallback === undefined ? member.fallback.slice(1, -1) : code(fallback);
  return prose(byDefault === "" ? member.text : `${member.text} Default: ${byDefault}.`);
}

/** A docstring as Markdown for every language: one line a paragraph, and pages by their addresses. */
function prose(text: string): string {
  const lines = withoutLinks(text)
    .replace(/(?<!\n)\n(?!\n)/g, " ")
    .replace(/\n{2,}/g, "\n\n")
    .trim();
  return lines.replace(/\bdocs\/\w+\.md\b/g, (page) => addressOf(page));
}

function pascal(text: string): string {
  return text
    .split(/[- ]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function token(name: string): string {
  return `cake:index:${name}`;
}
