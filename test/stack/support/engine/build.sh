#!/bin/sh
# Makes the Pulumi CLI for the stack tests from its Go module, where none is installed, and the language host for YAML
# programs, and keeps them in the user's cache folder. Prints the folder to put on the PATH; what it does, or why there is
# none, goes to stderr in one line.
set -u
here=$(cd "$(dirname "$0")" && pwd)
version=$(cat "$here/version")
yaml_version=$(cat "$here/yaml-version")
sdk=$here/../../../../node_modules/@pulumi/pulumi
folder=${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-cake/pulumi-$version

say() { echo "$*" >&2; }
skip() {
  say "The stack tests are skipped: there is no Pulumi CLI, and $*."
  exit 1
}

# build <module> <path of the command in it> <version>: into the cache folder. What went wrong is the last line of the log.
build() {
  (
    name=${2##*/}
    work=$(mktemp -d "$folder/build-XXXXXX") || exit 1
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' INT TERM
    cd "$work" || exit 1
    # A module with "replace" lines is refused by "go install"; a module of one's own that names it as a tool builds it.
    cat >go.mod <<END
module local/$name

go 1.25

tool $1/$2

require $1 $3
END
    export GOFLAGS="${GOFLAGS:-} -mod=mod"
    {
      go get "$1/$2@$3" &&
        go build -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version" -o "$name" "$1/$2"
    } >"$folder/$name.log" 2>&1 || exit 1
    # In one step, so that a build at the same time never leaves half a file.
    mv "$name" "$folder/$name" && rm "$folder/$name.log"
  )
}

# Beside the CLI, it finds them without a warning. Each in one step, because tests may be running with the old one.
install_plugin() {
  cp "$1" "$folder/$2.new" && chmod +x "$folder/$2.new" && mv "$folder/$2.new" "$folder/$2"
}

mkdir -p "$folder" || skip "$folder cannot be made"
if [ -x "$folder/pulumi" ]; then
  say "The stack tests use the Pulumi CLI $version in $folder."
else
  command -v go >/dev/null || skip "no Go to build it with"
  say "Building the Pulumi CLI $version for the stack tests, once and for some minutes, into $folder."
  build github.com/pulumi/pulumi/pkg/v3 cmd/pulumi "$version" ||
    skip "Go cannot build it: $(tail -n 1 "$folder/pulumi.log")"
fi
if [ ! -x "$folder/pulumi-language-yaml" ]; then
  build github.com/pulumi/pulumi-yaml cmd/pulumi-language-yaml "$yaml_version" ||
    say "The stack tests of YAML programs are skipped: their language host cannot be built."
fi
install_plugin "$here/pulumi-language-nodejs.js" pulumi-language-nodejs &&
  install_plugin "$sdk/pulumi-resource-pulumi-nodejs" pulumi-resource-pulumi-nodejs ||
  skip "its plugins cannot be written to $folder"
echo "$folder"
