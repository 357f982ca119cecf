# vitest: "      Tests  2 failed | 57 passed | 1 skipped (60)" -> passed failed skipped
{ gsub(/\033\[[0-9;]*m/, "") }
$1 == "Tests" {
  for (i = 2; i < NF; i++) if ($(i + 1) ~ /^(passed|failed|skipped)$/) seen[$(i + 1)] = $i
  print seen["passed"] + 0 " " seen["failed"] + 0 " " seen["skipped"] + 0
}
