# shellcheck shell=sh
# Sourced by the other scripts: what to say, in one line, when something is missing.

fail() {
  echo "otelier: $*" >&2
  exit 1
}

# need COMMAND HOW-TO-GET-IT
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is missing. $2"
}

DOTNET_SOURCE="Install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0"

need_dotnet_sdk() {
  need dotnet "$DOTNET_SOURCE"
  # Answers for global.json: it fails where the SDK asked for there is not installed.
  dotnet --version >/dev/null 2>&1 ||
    fail "dotnet is here, but not its SDK 10. $DOTNET_SOURCE"
}

# A program's own launcher does not find a .NET that was unpacked somewhere on PATH.
need_dotnet_runtime() {
  need dotnet "$DOTNET_SOURCE"
  [ -n "${DOTNET_ROOT:-}" ] || DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
  export DOTNET_ROOT
}
