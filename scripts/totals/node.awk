# node --test --test-reporter=tap: "# pass 5", "# fail 0", "# cancelled 0", "# skipped 1", "# todo 0" -> passed failed skipped
/^# (pass|fail|cancelled|skipped|todo) [0-9]+$/ { seen[$2] = $3 }
END {
  if ("pass" in seen && "fail" in seen)
    print seen["pass"] " " seen["fail"] + seen["cancelled"] " " seen["skipped"] + seen["todo"]
}
