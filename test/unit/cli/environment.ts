/** What the tests' own process says of CAKE, of colours and of Node is nothing that a command is to find. */
const UNHEARD =
  /^(?:CAKE_|CI$|GITHUB_ACTIONS$|GITLAB_CI$|TF_BUILD$|JENKINS_URL$|TEAMCITY_VERSION$|BUILDKITE$|CIRCLECI$|CODEBUILD_BUILD_ID$|BITBUCKET_BUILD_NUMBER$|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$)/;

/** The environment of a command that a test starts. */
export function environmentWith(added: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const heard = Object.entries(process.env).filter(([name]) => !UNHEARD.test(name));
  return { ...Object.fromEntries(heard), ...added };
}
