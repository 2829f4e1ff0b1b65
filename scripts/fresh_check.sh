#!/usr/bin/env bash
# Prove the promise of the README: a fresh clone, a new environment, no cache, and no network once installed.
# Usage: scripts/fresh_check.sh [--uncommitted] [--test]
#   --uncommitted   try the files as they lie here, not the last commit
#   --test          also run all tests, without network
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
uncommitted= tests=
for option in "$@"; do
    case $option in
    --uncommitted) uncommitted=yes ;;
    --test) tests=yes ;;
    *) sed -n '3,5s/^# //p' "$0" >&2 && exit 2 ;;
    esac
done

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export HOME=$place/home PIP_NO_CACHE_DIR=1 PORT=${PORT:-8601}
mkdir -p "$HOME" "$place/crossover"
# Real data stays where it is; a clone elsewhere finds it by this name.
export CROSSOVER_SHARED=${CROSSOVER_SHARED:-$(dirname "$here")/shared}

step() {
    local started=$SECONDS name=$1
    shift
    if "$@" >"$place/log" 2>&1; then
        printf 'pass  %-42s %3d s\n' "$name" $((SECONDS - started))
    else
        printf 'FAIL  %-42s %3d s\n' "$name" $((SECONDS - started))
        cat "$place/log"
        exit 1
    fi
}

copy() {
    if [ -n "$uncommitted" ]; then
        git -C "$here" ls-files -z --cached --others --exclude-standard |
            (cd "$here" && xargs -0 sh -c 'for file; do test ! -f "$file" || printf "%s\0" "$file"; done' sh) |
            tar -C "$here" --null -T - -c | tar -C "$place/crossover" -x
    else
        git clone --quiet "$here" "$place/crossover"
    fi
}

# A network of its own holds nothing but loopback. Only root may have one without a user namespace.
offline() {
    local map=
    [ "$(id -u)" = 0 ] || map=--map-root-user
    unshare $map --net bash -c 'ip link set lo up && "$@"' offline "$@"
}

# The server must answer and its first page must have run; then it is stopped.
runs() {
    setsid make run >"$place/server" 2>&1 &
    local server=$! answer=1
    for _ in $(seq 60); do
        sleep 1
        if page_answers; then
            answer=0
            break
        fi
        kill -0 "$server" 2>/dev/null || break
    done
    kill -TERM -- "-$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    cat "$place/server"
    ! grep -q "did not finish" "$place/server" && return $answer
}

page_answers() {
    .venv/bin/python -c 'import os, urllib.request as u
u.build_opener(u.ProxyHandler({})).open("http://127.0.0.1:" + os.environ["PORT"] + "/_stcore/health", timeout=2)' 2>/dev/null
}

network_is_cut() {
    offline true && ! offline .venv/bin/python -c 'import socket; socket.create_connection(("192.0.2.1", 80), 3)'
}

export place
export -f runs page_answers
step "copy" copy
cd "$place/crossover"
step "environment with the packages of make run" scripts/environment.sh requirements.txt
step "network can be cut" network_is_cut
step "make run answers without network" offline runs
if [ -n "$tests" ]; then
    step "environment with the packages of make test" scripts/environment.sh requirements-dev.txt
    step "Chromium" .venv/bin/python scripts/chromium.py
    step "make test without network" offline make test
    tail -n 1 "$place/log"
fi
echo "pass  everything"
