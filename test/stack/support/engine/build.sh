#!/bin/sh
# Makes the Pulumi CLI for the stack tests from its Go module, where none is installed, and keeps it in the user's
# cache folder. Prints the folder to put on the PATH; what it does, or why there is none, goes to stderr in one line.
set -u
here=$(cd "$(dirname "$0")" && pwd)
version=$(cat "$here/version")
sdk=$here/../../../../node_modules/@pulumi/pulumi
module=github.com/pulumi/pulumi
folder=${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-cake/pulumi-$version

say() { echo "$*" >&2; }
skip() {
  say "The stack tests are skipped: there is no Pulumi CLI, and $*."
  exit 1
}

# Beside the CLI, it finds them without a warning. Each in one step, because tests may be running with the old one.
install_plugin() {
  cp "$1" "$folder/$2.new" && chmod +x "$folder/$2.new" && mv "$folder/$2.new" "$folder/$2"
}
finish() {
  install_plugin "$here/pulumi-language-nodejs.js" pulumi-language-nodejs &&
    install_plugin "$sdk/pulumi-resource-pulumi-nodejs" pulumi-resource-pulumi-nodejs ||
    skip "its plugins cannot be written to $folder"
  echo "$folder"
  exit
}

if [ -x "$folder/pulumi" ]; then
  say "The stack tests use the Pulumi CLI $version in $folder."
  finish
fi
command -v go >/dev/null || skip "no Go to build it with"

mkdir -p "$folder" || skip "$folder cannot be made"
work=$(mktemp -d "$folder/build-XXXXXX") || skip "$folder cannot be written to"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
say "Building the Pulumi CLI $version for the stack tests, once and for some minutes, into $folder."
cd "$work" || exit 1
# Its module has "replace" lines, so "go install" refuses it; a module of one's own that names it as a tool builds it.
cat >go.mod <<END
module local/pulumi-cli

go 1.25

tool $module/pkg/v3/cmd/pulumi

require $module/pkg/v3 $version
END
export GOFLAGS="${GOFLAGS:-} -mod=mod"
{
  go get "$module/pkg/v3/cmd/pulumi@$version" &&
    go build -ldflags "-s -w -X $module/sdk/v3/go/common/version.Version=$version" -o pulumi "$module/pkg/v3/cmd/pulumi"
} >log 2>&1 || skip "Go cannot build it: $(tail -n 1 log)"
# In one step, so that a build at the same time never leaves half a file.
mv pulumi "$folder/pulumi"
finish
