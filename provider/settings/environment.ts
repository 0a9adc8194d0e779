import type { SettingName, settings } from "./settings";

/** Decisions of a person for one run: a stack setting would be saved and forgotten. A message names the one it needs. */
export const overrides = {
  CAKE_ON_EXISTING: {
    value: "adopt",
    meaning:
      "A create adopts an equal postback that is already in CAKE. For a single one, use the argument `adopt`.",
  },
  CAKE_ON_DRIFT: {
    value: "overwrite",
    meaning: "An update may overwrite what somebody changed in CAKE since the last refresh.",
  },
  CAKE_ON_MISSING: {
    value: "forget:<id>,<id>",
    meaning: "These postbacks are gone for good and leave the state.",
  },
  CAKE_CONFIRMED_IDS_FILE: {
    value: "<file of ids>",
    meaning:
      "If CAKE has no list or no update: these postbacks were edited by hand as the work list says, or are exactly what `adopt` declares; record that.",
  },
  CAKE_ON_UNKNOWN: {
    value: "create:<entry>,<entry>",
    meaning:
      "The interrupted creates behind these entries of the journal made nothing, or nothing that counts. The error names the entry.",
  },
  CAKE_ALLOW_CHANGES: {
    value: "<n>",
    meaning:
      "This run may change or deactivate `n` postbacks, instead of what `cake:maxDeactivations` and `cake:maxChanges` allow. A planned replacement counts in the preview.",
  },
} as const;

/** What else is read, beside the variables of the settings. The proxies count in lower case, too. */
export const otherVariables = {
  CAKE_JOURNAL_DIR: "The directory of the journal, instead of `~/.pulumi-cake/journal`.",
  CAKE_LOG:
    "A file to which each attempt of each call to CAKE is appended as a line of JSON. Its path must be absolute.",
  CAKE_HOST_FROM: "The directory from which the provider process loads pulumi-cake.",
  HTTPS_PROXY: "The proxy for https, unless `cake:proxy` is set.",
  HTTP_PROXY: "The proxy for http, unless `cake:proxy` is set. Loopback is always called directly.",
  ALL_PROXY: "The proxy for a scheme that has none of its own.",
  NO_PROXY: "Hosts and networks that are called without a proxy.",
  NO_COLOR: "No colors in what commands print.",
  FORCE_COLOR: "Colors in what commands print, also where it is not a terminal.",
  TERM: "A `dumb` terminal gets no colors.",
  SHELL:
    "On Windows, a shell such as Git Bash sets it: commands to paste are then for it, else for PowerShell.",
  NODE_TLS_REJECT_UNAUTHORIZED: "Turns the check of certificates off in Node.js: the doctor warns of it.",
  CI: "Most systems for continuous integration set it: `try --send` then needs `--allow-ci`.",
  GITHUB_ACTIONS: "The same for GitHub Actions.",
  GITLAB_CI: "The same for GitLab.",
  TF_BUILD: "The same for Azure Pipelines.",
  JENKINS_URL: "The same for Jenkins.",
  TEAMCITY_VERSION: "The same for TeamCity.",
  BUILDKITE: "The same for Buildkite.",
  CIRCLECI: "The same for CircleCI.",
  CODEBUILD_BUILD_ID: "The same for AWS CodeBuild.",
  BITBUCKET_BUILD_NUMBER: "The same for Bitbucket Pipelines.",
  PULUMI_DEBUG_PROMISE_LEAKS: "Pulumi's search for leaks: the program then keeps every promise's trace.",
} as const;

type VariableName =
  | keyof typeof overrides
  | keyof typeof otherVariables
  | (typeof settings)[SettingName]["variable"]
  | `CAKE_${string}_API_KEY`;

/** The environment as far as this package reads it: what is not listed here cannot be read. */
export type Environment = { readonly [Name in VariableName]?: string | undefined };
