#include "tui/kit/terminfo_trim.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ENTRY_MAX = 16384,
    HEADER = 12, /* six numbers of 16 bits: magic and five sizes */
    MAGIC = 0432,
    MAGIC_WIDE = 01036, /* numbers of 32 bits */
    NONE = 0xffff,
    /* Strings by number, as <term.h> counts them. */
    CHANGE_SCROLL_REGION = 3,
    CURSOR_ADDRESS = 10,
    CURSOR_DOWN = 11,
    CURSOR_NORMAL = 16,
    ENTER_BOLD_MODE = 27,
    ENTER_REVERSE_MODE = 34,
    ENTER_UNDERLINE_MODE = 36,
    EXIT_ATTRIBUTE_MODE = 39,
    SET_ATTRIBUTES = 131
};

/* Appended to the strings. An even length keeps the alignment of what follows. */
static const char ADDED[] = "\033[m\0\v\0\033[?25h\0"; /* with its own end: fourteen bytes */
enum { ADDED_PLAIN = 0, ADDED_DOWN = 4, ADDED_SEEN = 6 };
_Static_assert(sizeof ADDED % 2 == 0, "an odd length moves what follows");

/* A compiled description, term(5). */
struct entry {
    uint8_t bytes[ENTRY_MAX + sizeof ADDED];
    size_t length;
    size_t offsets, count; /* of the strings: where their offsets begin, and how many */
    size_t table, size;    /* the strings themselves */
};

static unsigned number_at(const struct entry *entry, size_t place)
{
    return (unsigned)entry->bytes[place] | (unsigned)entry->bytes[place + 1] << 8;
}

static void put_number(struct entry *entry, size_t place, unsigned number)
{
    entry->bytes[place] = (uint8_t)(number & 0xff);
    entry->bytes[place + 1] = (uint8_t)(number >> 8);
}

/** A string by its number; "" if the terminal has none. */
static const char *string_at(const struct entry *entry, size_t number)
{
    unsigned place = number < entry->count ? number_at(entry, entry->offsets + 2 * number) : NONE;

    return place < entry->size ? (const char *)entry->bytes + entry->table + place : "";
}

static bool read_entry(struct entry *entry, const char *folder, const char *type)
{
    char *path = mem_printf("%s/%c/%s", folder, type[0], type);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : read(file, entry->bytes, ENTRY_MAX);
    size_t numbers;

    free(path);
    if (file >= 0)
        close(file);
    if (got < HEADER || got == ENTRY_MAX ||
        (number_at(entry, 0) != MAGIC && number_at(entry, 0) != MAGIC_WIDE))
        return false;
    entry->length = (size_t)got;
    numbers = HEADER + (size_t)number_at(entry, 2) + number_at(entry, 4);
    numbers += numbers % 2;
    entry->offsets = numbers + (size_t)number_at(entry, 6) * (number_at(entry, 0) == MAGIC ? 2 : 4);
    entry->count = number_at(entry, 8);
    entry->table = entry->offsets + 2 * entry->count;
    entry->size = number_at(entry, 10);
    return entry->size > 0 && entry->table + entry->size <= entry->length &&
           entry->bytes[entry->table + entry->size - 1] == '\0';
}

/** Looks for the description where ncurses does, in its order. */
static bool find_entry(struct entry *entry, const char *type)
{
    const char *own = getenv("TERMINFO");
    const char *user = getenv("HOME");
    char *below = mem_printf("%s/.terminfo", user != NULL ? user : "");
    const char *folders[] = {own, below, "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"};
    bool found = false;

    for (size_t i = 0; !found && i < sizeof folders / sizeof folders[0]; i++)
        found = folders[i] != NULL && folders[i][0] == '/' && read_entry(entry, folders[i], type);
    free(below);
    return found;
}

/**
 * Attributes. Since the VT100 descriptions put back the line-drawing set at every change, "\033(B"
 * or "\017", and write bold as "\033(B\033[0;1m" instead of "\033[1m". In a UTF-8 locale curses
 * draws lines as characters and never leaves the first set.
 */
static bool slim_attributes(struct entry *entry, unsigned added)
{
    if (strstr(string_at(entry, EXIT_ATTRIBUTE_MODE), "\033[m") == NULL ||
        string_at(entry, ENTER_BOLD_MODE)[0] == '\0' ||
        string_at(entry, ENTER_REVERSE_MODE)[0] == '\0' ||
        string_at(entry, ENTER_UNDERLINE_MODE)[0] == '\0' || entry->count <= SET_ATTRIBUTES)
        return false;
    put_number(entry, entry->offsets + 2 * SET_ATTRIBUTES, NONE);
    put_number(entry, entry->offsets + 2 * EXIT_ATTRIBUTE_MODE, added + ADDED_PLAIN);
    return true;
}

/**
 * One line down. Curses does not trust "\n", which a terminal driver may turn into two characters,
 * and sends "\033[17d". On the VT100 and terminals like it (they have a scrolling region) a
 * vertical tab moves like a line feed, and no driver changes it.
 */
static bool slim_motion(struct entry *entry, unsigned added)
{
    if (strcmp(string_at(entry, CURSOR_DOWN), "\n") != 0 ||
        !text_starts(string_at(entry, CHANGE_SCROLL_REGION), "\033[") ||
        !text_starts(string_at(entry, CURSOR_ADDRESS), "\033["))
        return false;
    put_number(entry, entry->offsets + 2 * CURSOR_DOWN, added + ADDED_DOWN);
    return true;
}

/** The cursor seen again. xterm's string first stops its blinking, which nothing here began. */
static bool slim_cursor(struct entry *entry, unsigned added)
{
    if (strcmp(string_at(entry, CURSOR_NORMAL), "\033[?12l\033[?25h") != 0)
        return false;
    put_number(entry, entry->offsets + 2 * CURSOR_NORMAL, added + ADDED_SEEN);
    return true;
}

static void set_description(struct entry *entry)
{
    static const char digits[] = "0123456789abcdef";
    size_t end = entry->table + entry->size;
    struct str text = {0};

    memmove(entry->bytes + end + sizeof ADDED, entry->bytes + end, entry->length - end);
    memcpy(entry->bytes + end, ADDED, sizeof ADDED);
    entry->length += sizeof ADDED;
    put_number(entry, 10, (unsigned)(entry->size + sizeof ADDED));
    str_add(&text, "hex:");
    for (size_t i = 0; i < entry->length; i++) {
        str_add_char(&text, digits[entry->bytes[i] >> 4]);
        str_add_char(&text, digits[entry->bytes[i] & 15]);
    }
    (void)setenv("TERMINFO", str_text(&text), 1);
    str_free(&text);
}

/* The variable's old value; there is one environment per process. */
static struct {
    bool set;
    char *before; /* NULL: there was none */
} terminfo;

bool terminfo_trim_begin(const char *type, bool utf8)
{
    struct entry *entry = mem_new(sizeof *entry);
    bool slimmer = false;

    if (type != NULL && type[0] != '\0' && strchr(type, '/') == NULL && find_entry(entry, type)) {
        unsigned added = (unsigned)entry->size;
        slimmer = slim_motion(entry, added);
        slimmer = slim_cursor(entry, added) || slimmer;
        slimmer = (utf8 && slim_attributes(entry, added)) || slimmer;
    }
    if (slimmer) {
        const char *before = getenv("TERMINFO");
        terminfo.before = before != NULL ? mem_copy(before) : NULL;
        terminfo.set = true;
        set_description(entry);
    }
    free(entry);
    return slimmer;
}

void terminfo_trim_end(void)
{
    if (!terminfo.set)
        return;
    if (terminfo.before == NULL)
        (void)unsetenv("TERMINFO");
    else
        (void)setenv("TERMINFO", terminfo.before, 1);
    free(terminfo.before);
    terminfo.before = NULL;
    terminfo.set = false;
}
