#!/bin/sh
# Installs OpenTofu as a Go module: `tests/judges/install_opentofu.sh [FOLDER]`.
# Its go.mod replaces a dependency, which `go install` refuses, so a throw-away module repeats the replacement.
set -eu
version=v1.11.0
folder=$(cd "${1:-/usr/local/bin}" && pwd)
[ ! -x "$folder/tofu" ] || exit 0
module=github.com/opentofu/opentofu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
go mod init scratch 2>/dev/null
go mod edit -require="$module@$version"
replaced=$(go mod download -json "$module@$version" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
sed -n 's/^replace \([^ ]*\) [^ ]* => \([^ ]*\) \([^ ]*\)$/-replace=\1=\2@\3/p' "$replaced" | xargs -r go mod edit
GOFLAGS=-mod=mod CGO_ENABLED=0 go build -trimpath -o "$folder/tofu" "$module/cmd/tofu"
