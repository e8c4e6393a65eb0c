# The bench's lines as a picture (SVG): how figures grow with the number of cases, each relative to
# its own at the smallest size; both scales are logarithmic. A visit is drawn by its processor time,
# which other work on the machine does not change.
BEGIN {
    count = split("visits due-page-again board-street find-key-p99 import start-clean memory-after-start", names)
    split("record a visit (processor time)|due list of a village|board of a street|search, a key (p99)|" \
          "import, a row|server start|server memory", labels, "|")
    split("#c0392b #2471a3 #1e8449 #7d3c98 #b9770e #515a5a #ca6f9e", colours)
    for (i = 1; i <= count; i++)
        wanted[names[i]] = i
    width = 640
    height = 400
    left = 60
    right = 230
    top = 20
    bottom = 50
    most = 10
}
$1 == "bench" && ($2 in wanted) {
    split("", value)
    for (i = 3; i <= NF; i++)
        value[substr($i, 1, index($i, "=") - 1)] = substr($i, index($i, "=") + 1)
    size = value["cases"] + 0
    figure = value["median"]
    if ($2 == "visits")
        figure = value["cpu_us"]
    if ($2 == "import")
        figure = 1 / figure # time for a row
    at[wanted[$2], size] = figure
    if (!(size in seen)) {
        seen[size] = 1
        if (smallest == 0 || size < smallest)
            smallest = size
        if (size > largest)
            largest = size
    }
}
function log10(x) {
    return log(x) / log(10)
}
function x_of(size) {
    if (largest == smallest)
        return left
    return left + (width - left - right) * log10(size / smallest) / log10(largest / smallest)
}
function y_of(ratio) {
    return top + (height - top - bottom) * (log10(most) - log10(ratio)) / (log10(most) + 1)
}
function text(x, y, anchor, words) {
    printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, words
}
END {
    for (key in at) {
        split(key, part, SUBSEP)
        if ((part[1], smallest) in at && at[part[1], smallest] > 0)
            while (at[key] / at[part[1], smallest] > most)
                most *= 10
    }
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" ", width, height
    print "font-family=\"sans-serif\" font-size=\"12\">"
    printf "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", width, height
    for (ratio = 0.1; ratio <= most * 1.01; ratio *= 10) {
        printf "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", left,
            width - right, y_of(ratio), y_of(ratio), ratio > 0.9 && ratio < 1.1 ? "#888" : "#ddd"
        text(left - 6, y_of(ratio) + 4, "end", sprintf("%g×", ratio))
    }
    for (size in seen)
        text(x_of(size), height - bottom + 18, "middle", sprintf("%d", size))
    text((left + width - right) / 2, height - 12, "middle", "cases")
    for (i = 1; i <= count; i++) {
        line = ""
        for (size = smallest; size <= largest; size *= 10)
            if ((i, size) in at && at[i, smallest] > 0 && at[i, size] > 0) {
                last = y_of(at[i, size] / at[i, smallest])
                line = line sprintf("%.1f,%.1f ", x_of(size), last)
            }
        if (line == "")
            continue
        printf "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"%s\"/>\n",
            colours[i], line
        y = top + 16 * i
        printf "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"3\" fill=\"%s\"/>\n",
            width - right + 14, y - 5, colours[i]
        text(width - right + 32, y, "start", labels[i])
    }
    print "</svg>"
}
