# The bench's lines as a Markdown table, a row per figure and size, with the budget.
BEGIN {
    budget["visits"] = "≥ 2× SQLite, ≥ 1.2× PostgreSQL (goal 4×, 2×)"
    budget["visit-idle-p99-beyond-sync"] = "≤ 2 ms"
    budget["board"] = budget["board-streets"] = budget["board-street"] = "≤ 5 ms at 1 M duties (goal 1)"
    budget["due-first-page"] = budget["due-page-again"] = budget["due-screenful"] = "≤ 5 ms at 1 M (goal 1)"
    budget["find-key-p99"] = "≤ 10 ms at 1 M (goal 2)"
    budget["import"] = "≥ 5000 (goal 20 000)"
    budget["export-cases"] = "≥ 0.5× PostgreSQL (goal 1×)"
    budget["start-clean"] = "≤ 2000 at 1 M (goal 500)"
    budget["start-killed"] = "≤ 10 000 at 1 M (goal 2000)"
    budget["terminal-start"] = "≤ 25 (goal 10)"
    budget["terminal-pss"] = "≤ 1.5 MB (goal 0.8)"
    budget["terminal-bytes"] = "a key ≤ 70 (goal 20), page ≤ 1.4 k, first ≤ 2.0 k"
    print "| figure | cases | unit | runs | median | low – high | beside it | budget |"
    print "|---|---:|---|---:|---:|---:|---|---|"
}
$1 == "bench" {
    beside = ""
    split("", value)
    for (i = 3; i <= NF; i++) {
        at = index($i, "=")
        key = substr($i, 1, at - 1)
        value[key] = substr($i, at + 1)
        if (key !~ /^(cases|unit|runs|median|low|high)$/)
            beside = beside (beside == "" ? "" : ", ") key " " value[key]
    }
    range = "low" in value ? value["low"] " – " value["high"] : ""
    printf "| %s | %s | %s | %s | %s | %s | %s | %s |\n", $2, value["cases"], value["unit"],
        value["runs"], value["median"], range, beside, budget[$2]
}
