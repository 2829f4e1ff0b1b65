#!/usr/bin/env bash
# Make .venv ready for a requirements file: find Python, create the environment, install what changed.
# Usage: scripts/environment.sh requirements.txt    (PYTHON=/path/to/python3.12 chooses the interpreter)
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=$1
venv=.venv

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Debian keeps ensurepip in a package of its own: without it `python -m venv` ends half-way.
can_create() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

find_python() {
    local candidate found=
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        command -v "$candidate" >/dev/null && new_enough "$candidate" || continue
        found=$candidate
        if can_create "$candidate"; then
            printf '%s' "$candidate"
            return
        fi
    done
    if [ -n "$found" ]; then
        fail "Python is here ($found), but its venv module is not. Install it, then try again:" \
            "  sudo apt-get install python3-venv"
    fi
    fail "Python 3.11 or newer is needed${PYTHON:+; $PYTHON is not that}. Found: $(python3 --version 2>/dev/null || echo none)." \
        "Install it, then try again:" \
        "  sudo apt-get install python3 python3-venv" \
        "If it is installed under another name, say so: make run PYTHON=/path/to/python3.12"
}

# An environment whose interpreter was removed or upgraded away is made anew.
create() {
    if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then return; fi
    local python
    python=$(find_python)
    echo "Creating the environment in $venv with $("$python" --version) ..."
    "$python" -m venv --clear "$venv"
}

install() {
    local stamp=$venv/$requirements.installed wanted
    wanted=$(cat requirements.txt "$requirements" | sha256sum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    echo "Installing the packages of $requirements (once, about a minute) ..."
    rm -f "$stamp"
    # Compiled in parallel afterwards, which is faster than pip's one by one.
    "$venv/bin/python" -m pip install -qq --no-input --no-compile --disable-pip-version-check \
        --only-binary :all: -r "$requirements" ||
        fail "Installing the packages failed; the message above says why. Is the package index reachable from here?"
    # Single files of a few packages are templates or tests that do not compile: no reason to stop.
    "$venv/bin/python" -m compileall -q -q -j 0 "$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" || true
    printf '%s' "$wanted" >"$stamp"
}

create
install
