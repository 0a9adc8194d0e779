#!/bin/sh
# Makes the Pulumi CLI for the stack tests from its Go module, where none is installed, and the language host for YAML
# programs with it, and keeps both in the user's cache folder. Prints the folder to put on the PATH; what it does, or why
# there is none, goes to stderr in one line each.
set -u
here=$(cd "$(dirname "$0")" && pwd)
version=$(cat "$here/version")
yaml_version=$(cat "$here/version-yaml")
sdk=$here/../../../../node_modules/@pulumi/pulumi
pulumi=github.com/pulumi/pulumi
yaml=github.com/pulumi/pulumi-yaml
folder=${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-cake/pulumi-$version
yaml_host=$folder/yaml-$yaml_version/pulumi-language-yaml

say() { echo "$*" >&2; }
skip() {
  say "The stack tests are skipped: there is no Pulumi CLI, and $*."
  exit 1
}

# build <file> <module> <its version> <package> <linker flags>: builds a command of a Go module, or leaves the reason in
# $reason. The CLI's module has "replace" lines, so "go install" refuses it; a module of one's own that names it as a tool
# builds it. The file comes in one step, so that a build at the same time never leaves half of it.
build() {
  command -v go >/dev/null || { reason="no Go to build it with" && return 1; }
  mkdir -p "$(dirname "$1")" && work=$(mktemp -d "$folder/build-XXXXXX") ||
    { reason="$folder cannot be written to" && return 1; }
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' INT TERM
  say "Building $4 $3 for the stack tests, once and for some minutes, into $folder."
  printf 'module local/built\n\ngo 1.25\n\ntool %s\n\nrequire %s %s\n' "$4" "$2" "$3" >"$work/go.mod"
  (
    cd "$work" && export GOFLAGS="${GOFLAGS:-} -mod=mod" &&
      go get "$4@$3" && go build -ldflags "-s -w $5" -o built "$4" && mv built "$1"
  ) >"$work/log" 2>&1
  built=$?
  [ "$built" -eq 0 ] || reason="Go cannot build it: $(tail -n 1 "$work/log")"
  rm -rf "$work"
  return "$built"
}

# Beside the CLI, it finds them without a warning. Each in one step, because tests may be running with the old one.
install_plugin() {
  cp "$1" "$folder/$2.new" && chmod +x "$folder/$2.new" && mv "$folder/$2.new" "$folder/$2"
}

if [ -x "$folder/pulumi" ]; then
  say "The stack tests use the Pulumi CLI $version in $folder."
else
  build "$folder/pulumi" "$pulumi/pkg/v3" "$version" "$pulumi/pkg/v3/cmd/pulumi" \
    "-X $pulumi/sdk/v3/go/common/version.Version=$version" || skip "$reason"
fi
install_plugin "$here/pulumi-language-nodejs.js" pulumi-language-nodejs &&
  install_plugin "$sdk/pulumi-resource-pulumi-nodejs" pulumi-resource-pulumi-nodejs ||
  skip "its plugins cannot be written to $folder"

reason="it cannot be written to $folder"
if ! { [ -x "$yaml_host" ] || build "$yaml_host" "$yaml" "$yaml_version" "$yaml/cmd/pulumi-language-yaml" \
  "-X $yaml/pkg/version.Version=$yaml_version"; } || ! install_plugin "$yaml_host" pulumi-language-yaml; then
  say "The stack tests of YAML programs are skipped: there is no language host for them, and $reason."
fi
echo "$folder"
