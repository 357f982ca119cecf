#!/bin/sh
# Installs the engine's library into .engine/, once: engine/package-lock.json pins its version and hash.
set -eu
cd "$(dirname "$0")/.."
. scripts/require.sh

case "${OTELIER_STORE:-chdb}" in
  chdb) ;;
  *) exit 0 ;;
esac

if [ -n "${OTELIER_ENGINE:-}" ]; then
  [ -f "$OTELIER_ENGINE" ] || fail "OTELIER_ENGINE names $OTELIER_ENGINE, where there is no file."
  exit 0
fi

libc=gnu
if [ "$(uname -s)" = Linux ] && ls /lib/ld-musl-* >/dev/null 2>&1 && ! command -v ldconfig >/dev/null 2>&1; then
  libc=musl
fi
case "$(uname -s)-$(uname -m)-$libc" in
  Linux-x86_64-gnu) package=lib-linux-x64-gnu ;;
  Linux-aarch64-gnu | Linux-arm64-gnu) package=lib-linux-arm64-gnu ;;
  Darwin-x86_64-gnu) package=lib-darwin-x64 ;;
  Darwin-arm64-gnu) package=lib-darwin-arm64 ;;
  *) fail "the engine's library has no build for $(uname -s) on $(uname -m) with $libc libc." \
    "Set OTELIER_ENGINE to a libchdb.so of your own, or OTELIER_STORE=clickhouse to use a server." ;;
esac

library=".engine/node_modules/@chdb/$package/libchdb.so"
# The lock file is copied last, so an installation that was cut short is begun again.
if [ -f "$library" ] && cmp -s engine/package-lock.json .engine/installed-lock.json; then
  exit 0
fi

need npm "Install Node.js 20 or newer, which brings npm: https://nodejs.org/en/download"
echo "otelier: installing the engine's library (about 570 MB on disk, once)" >&2
mkdir -p .engine
cp engine/package.json engine/package-lock.json engine/.npmrc .engine/
npm ci --prefix .engine --loglevel error >&2 ||
  fail "npm could not install the engine's library (see above). It needs the npm registry, or set OTELIER_ENGINE."
[ -f "$library" ] ||
  fail "the npm registry has no @chdb/$package. Set OTELIER_ENGINE to a libchdb.so of your own."
cp engine/package-lock.json .engine/installed-lock.json
