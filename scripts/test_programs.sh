#!/usr/bin/env bash
# Installs the programs that the tests drive: a browser, PostgreSQL, Redis. Prints the browser's path.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/system.sh
. scripts/system.sh

find_browser() {
    local name
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome-stable google-chrome; do
        # Ubuntu's chromium-browser may be a stand-in that only says how to install it.
        if "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

has_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

has_redis() { command -v redis-server >/dev/null; }

missing_packages() {
    find_browser >/dev/null || echo chromium fonts-dejavu-core
    has_postgres || echo postgresql
    has_redis || echo redis-server
}

ensure_programs() {
    local missing
    read -r -d '' -a missing < <(missing_packages) || true
    [ "${#missing[@]}" -eq 0 ] && return
    install_packages "${missing[@]}" || die "Not all of these could be installed: ${missing[*]}"
    [ -z "$(missing_packages)" ] || die "Still missing after the installation:" "$(missing_packages)" \
        "A browser from elsewhere will do: make test CHROMIUM=/path/to/chromium"
}

ensure_programs
find_browser
