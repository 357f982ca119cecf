# xunit.v3: "   Suite  Total: 6, Errors: 0, Failed: 1, Skipped: 3, Not Run: 0, Time: 0.1s" -> passed failed skipped
match($0, /Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+/) {
  split(substr($0, RSTART, RLENGTH), part, /[^0-9]+/)
  line = part[2] - part[4] - part[5] - part[6] " " part[3] + part[4] " " part[5]
}
END { if (line) print line }
