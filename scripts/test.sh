#!/bin/sh
# Every check and every test. To add a suite, add a line below; suites.sh says what it may be.
set -u
cd "$(dirname "$0")/.." || exit
OUT=artifacts/test
. scripts/suites.sh

# A test that takes longer is named while it runs, so that a hung suite tells where it hangs.
LONG_TEST_SECONDS=120

# xunit PROJECT: a test project is a program that runs its own tests.
xunit() {
  suite "$1" xunit "artifacts/bin/$1/release/$1" -noLogo -noColor -longRunning "$LONG_TEST_SECONDS"
}

if ! logged build "${MAKE:-make}" --silent build engine; then
  echo "== build: failed"
  count build 0 1 0
  total
  exit 1
fi
scripts/install-test-tools.sh

check format dotnet format Otelier.slnx --no-restore --verify-no-changes
xunit Otelier.Tests
xunit Otelier.Storage.Tests
if logged js-install npm ci --prefix tests/js --ignore-scripts --no-audit --no-fund; then
  suite js node node --test --test-reporter=tap tests/js/*.test.mjs
else
  count js 0 1 0
  failed js-install
fi
# What `make build` installed, unless Node.js is missing.
if [ -d ui/node_modules ]; then
  check ui-check npm run --prefix ui --silent check
  suite ui vitest npm run --prefix ui --silent test
  if command -v "${CHROMIUM:-chromium}" >/dev/null 2>&1; then
    suite e2e playwright npm run --prefix ui --silent e2e
  else
    skip e2e "no Chromium"
  fi
else
  skip ui "Node.js is missing"
fi
failures
total
