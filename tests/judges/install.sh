#!/bin/sh
# Makes the judges' Python environment in a folder: `tests/judges/install.sh .venv`, then `.venv/bin/pytest tests/judges`.
# checkov gets an environment of its own inside it, because it and python-hcl2 both install a module named `hcl2`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${1:?usage: install.sh FOLDER}
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
python3 -m venv "$venv/checkov"
"$venv/checkov/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements-checkov.txt"
