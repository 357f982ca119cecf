# playwright: "  2 failed", "  1 flaky", "  3 skipped", "  12 passed (34.5s)" -> passed failed skipped
{ gsub(/\033\[[0-9;]*m/, "") }
/^ +[0-9]+ (passed|failed|flaky|skipped|interrupted|did not run)/ { seen[$2] = $1; any = 1 }
END { if (any) print seen["passed"] + 0 " " seen["failed"] + seen["flaky"] + seen["interrupted"] + 0 " " seen["skipped"] + seen["did"] + 0 }
