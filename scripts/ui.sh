#!/bin/sh
# Builds the interface into artifacts/ui and puts it beside the server. Without Node.js there is no interface, and the
# server says so at its address; everything else works.
set -eu
cd "$(dirname "$0")/.."
. scripts/require.sh
target=artifacts/bin/Otelier.Server/release/ui

if ! command -v npm >/dev/null 2>&1; then
  echo "otelier: Node.js is missing, so the pages are not built (the API works). Install Node.js 20 or newer." >&2
  exit 0
fi
# What is installed is what the lock file says, or it is installed again.
if ! cmp -s ui/package-lock.json ui/node_modules/.installed-lock.json; then
  npm ci --prefix ui --loglevel error --no-audit --no-fund >&2 ||
    fail "npm could not install what the pages are built with (see above)."
  cp ui/package-lock.json ui/node_modules/.installed-lock.json
fi
npm run --prefix ui --silent build -- --logLevel warn >&2 || fail "the pages could not be built (see above)."
mkdir -p "$(dirname "$target")"
rm -rf "$target"
cp -R artifacts/ui "$target"
