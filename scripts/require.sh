# Sourced by the other scripts: what to say, in one line, when something is missing.

fail() {
  echo "otelier: $*" >&2
  exit 1
}

# need COMMAND HOW-TO-GET-IT
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is missing. $2"
}

need_dotnet_sdk() {
  need dotnet "Install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0"
  # Answers for global.json: it fails where the SDK asked for there is not installed.
  dotnet --version >/dev/null 2>&1 ||
    fail "dotnet is here, but not its SDK 10. Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
}
