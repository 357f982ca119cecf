#!/bin/sh
# Serves from the Release build in the foreground. exec: signals reach the server itself.
set -eu
cd "$(dirname "$0")/.."
. scripts/require.sh
need dotnet "Install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0"

# An SDK unpacked somewhere on PATH is found by `dotnet`, but not by a program's own launcher.
if [ -z "${DOTNET_ROOT:-}" ]; then
  DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
  export DOTNET_ROOT
fi
export OTELIER_DATADIR="${OTELIER_DATADIR:-$PWD/data}"
exec artifacts/bin/Otelier.Server/release/otelier-server "$@"
