#!/bin/sh
# Serves from the Release build in the foreground. exec: signals reach the server itself.
set -eu
cd "$(dirname "$0")/.."
. scripts/require.sh
need_dotnet_runtime
export OTELIER_DATADIR="${OTELIER_DATADIR:-$PWD/data}"
exec artifacts/bin/Otelier.Server/release/otelier-server "$@"
