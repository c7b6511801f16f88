#!/bin/sh
# Installs Terraform as a Go module where no release can be downloaded: `tests/judges/install_terraform.sh [FOLDER]`.
# Does nothing when a Terraform that is new enough for write-only arguments (1.11) is already there.
set -eu
version=1.11.4
folder=${1:-/usr/local/bin}
if command -v terraform >/dev/null && terraform version -json | grep -Eq '"terraform_version": "1\.(1[1-9]|[2-9][0-9])'; then
    exit 0
fi
GOBIN="$folder" CGO_ENABLED=0 go install -trimpath "github.com/hashicorp/terraform@v$version"
