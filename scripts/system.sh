# Sourced by other scripts: packages of the operating system.
# shellcheck shell=bash

say() { printf '%s\n' "$@" >&2; }

die() {
    say "$@"
    exit 1
}

# The words that turn a command into one that may install packages; fails where nobody may.
privilege() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -eq 0 ]; then
        echo env
    elif sudo -n true 2>/dev/null; then
        echo sudo
    else
        return 1
    fi
}

# Installs the packages given, or says what a person has to type and fails.
install_packages() {
    local as
    as=$(privilege) || die "Please install what is missing, then start again:" \
        "    sudo apt-get update && sudo apt-get install --no-install-recommends $*"
    say "Installing from the system's packages: $*"
    "$as" DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2 &&
        "$as" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
            </dev/null >&2
}
