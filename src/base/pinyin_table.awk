# Unihan_Readings.txt on stdin → base/pinyin_table.h on stdout.
#
# A character's readings: kMandarin's first, then the dictionaries' as alternatives. Run with
# LC_ALL=C: the text is read as bytes.

BEGIN {
    FS = "\t"
    for (i = 0; i < 16; i++)
        digit[substr("0123456789ABCDEF", i + 1, 1)] = i
    direct_first = hexadecimal("3400")
    direct_last = hexadecimal("9FFF")
    syllable_count = 1 # 0 means: no reading
}

function hexadecimal(text,    value, i)
{
    value = 0
    for (i = 1; i <= length(text); i++)
        value = value * 16 + digit[substr(text, i, 1)]
    return value
}

# lǚ → lv: no tones, ü as v.
function toneless(text)
{
    gsub(/̀|́|̄|̌|̈/, "", text)
    gsub(/ǖ|ǘ|ǚ|ǜ|ü/, "v", text)
    gsub(/ā|á|ǎ|à/, "a", text)
    gsub(/ē|é|ě|è|ê|ế|ề/, "e", text)
    gsub(/ī|í|ǐ|ì/, "i", text)
    gsub(/ō|ó|ǒ|ò/, "o", text)
    gsub(/ū|ú|ǔ|ù/, "u", text)
    gsub(/ń|ň|ǹ/, "n", text)
    gsub(/ḿ/, "m", text)
    return text
}

function add_reading(code, text,    key)
{
    text = toneless(text)
    if (text !~ /^[a-z]+$/ || length(text) > 6) {
        print "pinyin_table.awk: strange reading " text " of " code | "cat >&2"
        failed = 1
        return
    }
    key = code " " text
    if (key in seen)
        return
    seen[key] = 1
    if (!(text in syllable)) {
        syllable[text] = syllable_count
        names[syllable_count++] = text
    }
    readings[code, reading_count[code]++] = syllable[text]
}

# "245.150:me 246.010,246.020:mo" → me, mo
function add_dictionary(code, text,    parts, count, list, n, i, j)
{
    count = split(text, parts, " ")
    for (i = 1; i <= count; i++) {
        sub(/^.*:/, "", parts[i])
        n = split(parts[i], list, ",")
        for (j = 1; j <= n; j++)
            add_reading(code, list[j])
    }
}

$2 == "kMandarin" || $2 == "kTGHZ2013" || $2 == "kXHC1983" {
    code = hexadecimal(substr($1, 3))
    if (code != last) {
        if (code < last) {
            print "pinyin_table.awk: the input is not in order" | "cat >&2"
            failed = 1
        }
        codes[code_count++] = code
        last = code
    }
    field[code, $2] = $3
}

function emit(text)
{
    line = line text ","
    if (length(line) > 88) {
        print line
        line = ""
    }
}

function finish_array()
{
    if (line != "")
        print line
    line = ""
    print "};"
}

END {
    for (i = 0; i < code_count; i++) {
        code = codes[i]
        if ((code, "kMandarin") in field) {
            split(field[code, "kMandarin"], list, " ")
            add_reading(code, list[1])
        }
        add_dictionary(code, field[code, "kTGHZ2013"])
        add_dictionary(code, field[code, "kXHC1983"])
    }
    if (code_count < 20000 || syllable_count > 1023) {
        print "pinyin_table.awk: unlikely input: " code_count " characters" | "cat >&2"
        failed = 1
    }
    if (failed)
        exit 1

    print "/* Generated from the Unihan database (Unicode licence) by pinyin_table.awk. */"
    print "enum { PINYIN_DIRECT_FIRST = " direct_first ", PINYIN_DIRECT_LAST = " direct_last " };"
    print "static const char pinyin_syllables[][7] = {\"\","
    for (i = 1; i < syllable_count; i++)
        emit("\"" names[i] "\"")
    finish_array()
    print "/* First reading by code point. */"
    print "static const uint16_t pinyin_direct[] = {"
    for (code = direct_first; code <= direct_last; code++)
        emit(readings[code, 0] + 0)
    finish_array()
    print "/* First readings of all others: code point << 10 | syllable, in order. */"
    print "static const uint32_t pinyin_rare[] = {"
    for (i = 0; i < code_count; i++) {
        code = codes[i]
        if (code < direct_first || code > direct_last)
            emit(code * 1024 + readings[code, 0])
    }
    finish_array()
    print "/* Further readings, in order. */"
    print "static const uint32_t pinyin_more[] = {"
    for (i = 0; i < code_count; i++) {
        code = codes[i]
        for (j = 1; j < reading_count[code]; j++)
            emit(code * 1024 + readings[code, j])
    }
    finish_array()
}
