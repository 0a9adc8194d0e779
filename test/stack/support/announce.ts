import { findCli, findYamlHost } from "./cli/find";

/** Once a run, not once a file. */
export function setup(): void {
  if (!findCli()) console.log("The stack tests are skipped: there is no Pulumi CLI on the PATH.");
  else if (!findYamlHost())
    console.log(
      "The stack tests of YAML programs are skipped: there is no pulumi-language-yaml on the PATH.",
    );
}
