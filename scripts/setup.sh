#!/usr/bin/env bash
# Makes .venv from a hashed lock: "setup.sh runtime" to run the product, "setup.sh dev" to work on it.
# Does nothing when .venv was made from the same lock by the same Python.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/system.sh
. scripts/system.sh

readonly venv=.venv
readonly newest_first=(python3 python3.13 python3.12 python3.11)

# Only running it tells: a name on the path may be a stand-in for a Python that is not there.
is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in ${PYTHON:+"$PYTHON"} "${newest_first[@]}"; do
        if is_recent "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

ensure_python() {
    find_python && return
    install_packages python3 python3-venv
    find_python || die "Python 3.11 or newer is needed. Install it, or name one: make PYTHON=/path/to/python3"
}

# Debian and Ubuntu ship Python without the part that makes environments.
ensure_venv_module() {
    local version
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_packages "python$version-venv"
    "$1" -c 'import ensurepip, venv' 2>/dev/null ||
        die "$1 cannot make environments (it lacks ensurepip). Name another: make PYTHON=/path/to/python3"
}

# The place counts too: programs of an environment name it in their first line.
fingerprint() { { pwd -P && "$1" -VV && cat "$2"; } | sha256sum | cut -d" " -f1; }

is_current() {
    [ -x "$venv/bin/python" ] && [ -f "$venv/$1.stamp" ] &&
        [ "$(cat "$venv/$1.stamp")" = "$(fingerprint "$venv/bin/python" "$2")" ]
}

# Turns pip's lines into one line of progress on a terminal, and into few lines in a log.
show_progress() {
    local done=0 line
    while read -r line; do
        case "$line" in
        Collecting* | Ignoring*) done=$((done + 1)) && show_step "$done" "$1" "$line" ;;
        Installing*) printf '  %-72s\n' unpacking ;;
        esac
    done
}

show_step() {
    if [ -t 1 ]; then
        printf '\r  %d of %d  %-60.60s\r' "$1" "$2" "$3"
    elif [ $(($1 % 20)) -eq 0 ]; then
        printf '  %d of %d\n' "$1" "$2"
    fi
}

install_lock() {
    local count
    count=$(grep -c '==' "$1")
    echo "Installing $count packages of $1, each checked against its hash"
    "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
        --require-hashes --no-deps --only-binary :all: --requirement "$1" | show_progress "$count"
}

# From an empty directory each time: a package that left the lock must not stay behind.
build() {
    local python
    python=$(ensure_python)
    ensure_venv_module "$python"
    echo "Making $venv with $("$python" -V)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    install_lock "$1"
}

stamp() { fingerprint "$venv/bin/python" "$2" >"$venv/$1.stamp"; }

main() {
    case "${1:-}" in
    runtime)
        is_current runtime requirements.txt && return
        build requirements.txt
        ;;
    dev)
        is_current dev requirements-dev.txt && return
        build requirements-dev.txt
        stamp dev requirements-dev.txt
        ;;
    *) die "usage: setup.sh runtime|dev" ;;
    esac
    # The development lock holds the whole runtime lock.
    stamp runtime requirements.txt
}

# Two makes at once build one environment, one after the other.
mkdir -p var
exec 9>var/setup.lock
flock 9
main "$@"
