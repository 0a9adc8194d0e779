import { expect, it } from "vitest";
import { isContinuousIntegration } from "../../../../provider/cli/input/continuousIntegration";

it.each([
  ...["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"],
  ...["BUILDKITE", "CIRCLECI", "CODEBUILD_BUILD_ID", "BITBUCKET_BUILD_NUMBER"],
])("a system for continuous integration shows in the environment: %s", (variable) => {
  for (const value of ["true", "True", "1", "https://ci.example/"])
    expect(isContinuousIntegration({ [variable]: value })).toBe(true);
  for (const value of ["", " ", "0", "false", "no", undefined])
    expect(isContinuousIntegration({ [variable]: value, PATH: "/bin" })).toBe(false);
});
