#!/bin/sh
# build.sh PROJECT-OR-SOLUTION: one Release build, silent unless something is wrong.
set -eu
cd "$(dirname "$0")/.."
. scripts/require.sh
need_dotnet_sdk
# Not `dotnet build`: that prints a summary whatever its verbosity.
exec dotnet msbuild "$1" -restore -property:Configuration=Release -verbosity:quiet -nologo -terminalLogger:off
