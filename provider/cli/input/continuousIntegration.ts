import type { Environment } from "./instance";

/** Whether this process runs in a system for continuous integration, as far as its environment shows. */
export function isContinuousIntegration(env: Environment): boolean {
  const { CI, GITHUB_ACTIONS, GITLAB_CI, TF_BUILD, JENKINS_URL, TEAMCITY_VERSION } = env;
  const { BUILDKITE, CIRCLECI, CODEBUILD_BUILD_ID, BITBUCKET_BUILD_NUMBER } = env;
  return [
    ...[CI, GITHUB_ACTIONS, GITLAB_CI, TF_BUILD, JENKINS_URL, TEAMCITY_VERSION],
    ...[BUILDKITE, CIRCLECI, CODEBUILD_BUILD_ID, BITBUCKET_BUILD_NUMBER],
  ].some((value = "") => !/^\s*(?:|0|false|no)\s*$/i.test(value));
}
