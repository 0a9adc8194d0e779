// Loaded before the SDK's processes, of which tests start hundreds. Two thirds of their start go into packages that the
// SDK loads for what these processes never do: to serialize functions, to run the CLI, to read a folder of packages.
// Each is loaded when it is first used.
const Module = require("node:module");
const { sep } = require("node:path");

const RARELY_USED = new Set([
  "@logdna/tail-file",
  "@npmcli/arborist",
  "execa",
  "js-yaml",
  "normalize-package-data",
  "typescript",
]);
const SDK = `${sep}@pulumi${sep}pulumi${sep}`;

const load = Module._load;

Module._load = function loadLate(request, parent, isMain) {
  const loadNow = () => load.call(this, request, parent, isMain);
  const isLate = RARELY_USED.has(request) && parent?.filename?.includes(SDK);
  return isLate ? whenUsed(loadNow) : loadNow();
};

function whenUsed(loadNow) {
  return new Proxy(() => {}, {
    get: (_, name) => {
      // The code that compilers write for an import asks for this first, and then for nothing before it is used.
      if (name === "__esModule") return true;
      const loaded = loadNow();
      return name === "default" && !loaded.__esModule ? loaded : loaded[name];
    },
    apply: (_, self, args) => Reflect.apply(loadNow(), self, args),
    construct: (_, args) => Reflect.construct(loadNow(), args),
  });
}
