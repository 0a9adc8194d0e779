#!/usr/bin/env node
// What the Pulumi CLI starts for a Node program or plugin, as far as tests need it: it runs them and installs nothing.
// It lies in the cache folder beside the CLI, so it takes the SDK from the program's folder, in which it is started, or
// from the plugin's, where a program in another language uses that.
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const sdk = createRequire(`${process.env.PULUMI_TEST_SDK ?? process.cwd()}/`);
const language = sdk("@pulumi/pulumi/proto/language_pb");
const { LanguageRuntimeService } = sdk("@pulumi/pulumi/proto/language_grpc_pb");
const { PluginInfo } = sdk("@pulumi/pulumi/proto/plugin_pb");
// A server understands the messages of its own copy of gRPC only.
const grpc = createRequire(sdk.resolve("@pulumi/pulumi/proto/language_grpc_pb"))("@grpc/grpc-js");

/** A program that ends with it has shown its errors itself. */
const BAIL = 32;
const LARGEST_MESSAGE = 400 * 1024 * 1024;
const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-"));

function run({ request }, answer) {
  const info = request.getInfo();
  const folder = info.getProgramDirectory();
  const script = createRequire(`${folder}/`).resolve("@pulumi/pulumi/cmd/run");
  const options = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info.getRootDirectory(),
    stack: request.getStack(),
    pwd: folder,
    parallel: request.getParallel(),
  };
  const program = spawn(
    process.execPath,
    [
      script,
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info.getEntryPoint(),
      ...request.getArgsList(),
    ],
    { cwd: folder, env: environmentFor(request), stdio: ["ignore", "inherit", "inherit"] },
  );
  program.on("exit", (code, signal) => {
    const response = new language.RunResponse();
    if (code === BAIL) response.setBail(true);
    else if (code !== 0) response.setError(`Program exited with ${signal ?? code}`);
    answer(null, response);
  });
}

/** Like Pulumi's own: what the plugin prints goes back to the engine, and its standard input is nobody's. */
function runPlugin(call) {
  const request = call.request;
  const folder = request.getInfo().getProgramDirectory();
  const script = createRequire(`${folder}/`).resolve("@pulumi/pulumi/cmd/run-plugin");
  const env = Object.fromEntries(
    request
      .getEnvList()
      .map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
  const plugin = spawn(process.execPath, [script, folder, ...request.getArgsList()], {
    cwd: request.getPwd(),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  plugin.stdout.on("data", (data) => call.write(new language.RunPluginResponse().setStdout(data)));
  plugin.stderr.on("data", (data) => call.write(new language.RunPluginResponse().setStderr(data)));
  plugin.on("close", (code) => {
    call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => plugin.kill());
}

function environmentFor(request) {
  const typescript = request.getInfo().getOptions()?.getFieldsMap().get("typescript")?.getBoolValue() ?? true;
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
  };
}

const missing = (name) => (_call, answer) =>
  answer?.({ code: grpc.status.UNIMPLEMENTED, message: `${name} is not needed by tests` });

const server = new grpc.Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
server.addService(LanguageRuntimeService, {
  ...Object.fromEntries(Object.keys(LanguageRuntimeService).map((name) => [name, missing(name)])),
  getPluginInfo: (_call, answer) => answer(null, new PluginInfo().setVersion("0.0.1")),
  getRequiredPackages: (_call, answer) => answer(null, new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: (_call, answer) => answer(null, new language.GetRequiredPluginsResponse()),
  installDependencies: (call) => call.end(),
  run,
  runPlugin,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
