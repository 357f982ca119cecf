#!/bin/sh
# Some suites run against Debian's own ClickHouse server and browser. Installs what is missing, where that is
# possible; where not, those suites skip and say why. Never fails: it only widens what can be tested.
set -u

missing=
[ -x /usr/sbin/clickhouse-server ] || missing="$missing clickhouse-server"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "otelier: no apt-get here to install$missing: the tests that need it will be skipped" >&2
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "otelier: the tests that need$missing will be skipped; to run them: sudo apt-get install$missing" >&2
  exit 0
fi

# Debian asks this program before a package starts its service: the tests start what they need themselves.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' INT TERM
fi

echo "otelier: installing$missing for the tests" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of packages
apt-get install --yes --quiet --quiet --no-install-recommends $missing >/dev/null 2>&1 || {
  apt-get update --quiet --quiet >/dev/null 2>&1
  # shellcheck disable=SC2086
  apt-get install --yes --quiet --quiet --no-install-recommends $missing >/dev/null ||
    echo "otelier: apt-get could not install$missing: the tests that need it will be skipped" >&2
}
case "$missing" in
  *clickhouse-server*)
    # Nor at the next start of the machine.
    command -v systemctl >/dev/null 2>&1 && systemctl disable --quiet clickhouse-server >/dev/null 2>&1
    ;;
esac
exit 0
