# shellcheck shell=sh
# Sourced by test.sh: runs suites, reads their totals, sums them. The caller sets OUT, a directory for logs.
#
#   suite NAME FORMAT COMMAND...   runs COMMAND and reads its totals as FORMAT prints them (scripts/totals/FORMAT.awk)
#   check NAME COMMAND...          one test: passed when COMMAND succeeds
#   skip NAME REASON               a suite that cannot run here: one skipped test
#   failures                       prints what failed and how, for whoever sees only the last lines of a run
#   total                          prints the sum as the last line and answers whether all is well

# A hung suite is a failed one. GNU timeout only: elsewhere nobody watches.
SUITE_SECONDS_MAX=${SUITE_SECONDS_MAX:-900}
limit=
command -v timeout >/dev/null 2>&1 && limit="timeout --foreground --kill-after=10 $SUITE_SECONDS_MAX"

# Of each failure, and of all failures of a suite.
FAILURE_LINES=6
FAILURE_LINES_MAX=30

rm -rf "$OUT"
mkdir -p "$OUT"
: >"$OUT/counts"
: >"$OUT/failures"

# logged NAME COMMAND...: shows and keeps the output; answers as COMMAND did, which a pipe alone would hide.
logged() {
  log="$OUT/$1.log"
  shift
  { $limit "$@" 2>&1 && echo 0 >"$OUT/status" || echo $? >"$OUT/status"; } | tee "$log"
  return "$(cat "$OUT/status")"
}

count() {
  echo "$1 $2 $3 $4" >>"$OUT/counts"
}

suite() {
  name=$1 format=$2
  shift 2
  echo "== $name"
  status=0
  logged "$name" "$@" || status=$?
  # shellcheck disable=SC2046 # three numbers, or nothing
  set -- $(awk -f "scripts/totals/$format.awk" "$OUT/$name.log")
  if [ $# -ne 3 ]; then
    echo "== $name: ended with status $status and printed no totals: counted as a failure"
    set -- 0 1 0
  elif [ "$status" -ne 0 ] && [ "$2" -eq 0 ]; then
    echo "== $name: ended with status $status though no test failed: counted as a failure"
    set -- "$1" 1 "$3"
  elif [ "$(($1 + $2 + $3))" -eq 0 ]; then
    echo "== $name: ran nothing: counted as a failure"
    set -- 0 1 0
  fi
  count "$name" "$@"
  [ "$2" -eq 0 ] || failed "$name" "$format"
  echo "== $name: $1 passed, $2 failed, $3 skipped"
}

# failed NAME [FORMAT]: keeps what FORMAT marks as a failure, or the last lines where nothing is marked.
failed() {
  case ${2-} in
    xunit) mark='\[FAIL\]$' ;;
    node) mark='^ *not ok ' ;;
    vitest) mark='^ *FAIL ' ;;
    playwright) mark='^ +[0-9]+\) ' ;;
    *) mark= ;;
  esac
  marked=
  [ -z "$mark" ] || marked=$(grep -E -A "$FAILURE_LINES" "$mark" "$OUT/$1.log" | head -n "$FAILURE_LINES_MAX")
  printf -- '-- %s\n%s\n' "$1" "${marked:-$(tail -n "$FAILURE_LINES" "$OUT/$1.log")}" >>"$OUT/failures"
}

check() {
  name=$1
  shift
  echo "== $name"
  if logged "$name" "$@"; then
    count "$name" 1 0 0
  else
    count "$name" 0 1 0
    failed "$name"
  fi
  tail -n 1 "$OUT/counts" | awk '{ print "== " $1 ": " $2 " passed, " $3 " failed, " $4 " skipped" }'
}

skip() {
  echo "== $1: skipped: $2"
  count "$1" 0 0 1
}

failures() {
  cat "$OUT/failures"
}

total() {
  awk '
    { passed += $2; failed += $3; skipped += $4 }
    END {
      if (skipped) print skipped " skipped (each says why above)"
      print passed + 0 " passed, " failed + 0 " failed"
      exit failed > 0 || NR == 0
    }' "$OUT/counts" >"$OUT/total"
  verdict=$?
  cat "$OUT/total"
  return "$verdict"
}
