#!/usr/bin/env bash
# Fetches the program that draws charts into assets/plotly: the basic bundle of plotly.js, of exactly
# the version that the installed plotly.py speaks to, from the registry that npm is set up for.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly package=plotly.js-basic-dist-min into=assets/plotly
version=$(.venv/bin/python -c 'from plotly.offline import get_plotlyjs_version as v; print(v())')
fetched=$(mktemp -d)
trap 'rm -rf "$fetched"' EXIT

# npm checks the archive against the checksum that the registry states for it.
npm pack --silent --pack-destination "$fetched" "$package@$version" >/dev/null
tar -xzf "$fetched/$package-$version.tgz" -C "$fetched"
install -m 644 "$fetched/package/plotly-basic.min.js" "$fetched/package/LICENSE" "$into/"
(cd "$into" && sha256sum plotly-basic.min.js LICENSE >SHA256SUMS)
echo "$package $version in $into"
