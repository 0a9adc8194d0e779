// The same program as the executable pulumi-resource-cake.
require("../../../dist/plugin/main.js");
