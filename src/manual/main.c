/**
 * manual: copies a document from stdin to stdout and inserts the program's tables.
 *
 * Part of the build, not installed. A table stands between a line that begins a part and the end
 * line:
 *
 *     <!-- keys SCREEN -->   <!-- menu -->   <!-- rights -->   …   <!-- end -->
 *     <!-- measures -->      <!-- alarms -->                   …   <!-- end -->
 *     .\" commands     .\" synopsis COMMAND                    …   .\" end
 *     # completion                                             …   # end
 *
 * A document that has keys must have the keys of every screen, one that has synopses those of every
 * command. Exit: 0, or 65 with the reason on stderr.
 */
#include "manual/manual.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { NAMES_MAX = 128 };

/** Parts of a document that stand for all rows of a table, one for each. */
struct parts {
    bool any;
    bool shown[NAMES_MAX]; /**< by the row's number */
};

/** Parts that have one table each. */
static const struct {
    const char *line;
    void (*add)(struct str *text);
} PARTS[] = {
    {"<!-- menu -->\n", manual_menu},         {"<!-- rights -->\n", manual_rights},
    {"<!-- measures -->\n", manual_measures}, {"<!-- alarms -->\n", manual_alarms},
    {".\\\" commands\n", manual_commands},
};

struct document {
    struct str text;
    bool inside; /**< between the lines that begin and end a part */
    struct parts keys, synopses;
};

/** "<!-- keys 首页 -->" with "<!-- keys " and " -->" gives "首页"; false if the line is not so. */
static bool read_name(const char *line, const char *prefix, const char *suffix, char *name,
                      size_t size)
{
    const char *start = line + strlen(prefix);
    const char *end = strncmp(line, prefix, strlen(prefix)) == 0 ? strstr(start, suffix) : NULL;

    if (end == NULL || (size_t)(end - start) >= size || end == start)
        return false;
    memcpy(name, start, (size_t)(end - start));
    name[end - start] = '\0';
    return true;
}

static void note_part(struct parts *parts, const char *(*name_at)(size_t index), const char *shown)
{
    const char *name = NULL;

    parts->any = true;
    for (size_t i = 0; i < NAMES_MAX && (name = name_at(i)) != NULL; i++)
        if (strcmp(name, shown) == 0)
            parts->shown[i] = true;
}

static bool add_keys(struct document *document, const char *screen)
{
    note_part(&document->keys, manual_screen_at, screen);
    return manual_keys(&document->text, screen);
}

static bool add_synopsis(struct document *document, const char *command)
{
    note_part(&document->synopses, manual_command_at, command);
    return manual_synopsis(&document->text, command);
}

/** Copies a line and, behind a line that begins a part, adds the part. False if there is no such
 *  part. */
static bool add_line(struct document *document, const char *line)
{
    char name[64];

    if (strcmp(line, "<!-- end -->\n") == 0 || strcmp(line, ".\\\" end\n") == 0 ||
        strcmp(line, "# end\n") == 0)
        document->inside = false;
    if (document->inside)
        return true;
    str_add(&document->text, line);
    document->inside = true;
    if (read_name(line, "<!-- keys ", " -->", name, sizeof name))
        return add_keys(document, name);
    if (read_name(line, ".\\\" synopsis ", "\n", name, sizeof name))
        return add_synopsis(document, name);
    if (strcmp(line, "# completion\n") == 0)
        return manual_completion(&document->text);
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        if (strcmp(line, PARTS[i].line) == 0) {
            PARTS[i].add(&document->text);
            return true;
        }
    document->inside = false;
    return true;
}

/** Prints the rows that have no part. False if there are any. */
static bool has_all(const struct parts *parts, const char *(*name_at)(size_t index),
                    const char *what)
{
    const char *name = NULL;
    bool all = true;

    for (size_t i = 0; parts->any && (name = name_at(i)) != NULL; i++) {
        if (i >= NAMES_MAX || !parts->shown[i]) {
            fprintf(stderr, "manual: no %s of %s\n", what, name);
            all = false;
        }
    }
    return all;
}

/** Prints what is missing. */
static bool is_complete(const struct document *document)
{
    bool keys = has_all(&document->keys, manual_screen_at, "keys");
    bool synopses = has_all(&document->synopses, manual_command_at, "synopsis");

    if (document->inside)
        fputs("manual: a part has no end line\n", stderr);
    return keys && synopses && !document->inside;
}

int main(void)
{
    struct document document = {0};
    char *line = NULL;
    size_t capacity = 0;
    int status = EXIT_SUCCESS;

    while (status == EXIT_SUCCESS && getline(&line, &capacity, stdin) >= 0) {
        if (!add_line(&document, line)) {
            fprintf(stderr, "manual: no such screen or command, or not all of it: %s", line);
            status = EX_DATAERR;
        }
    }
    if (status == EXIT_SUCCESS && !is_complete(&document))
        status = EX_DATAERR;
    if (status == EXIT_SUCCESS &&
        (fputs(str_text(&document.text), stdout) < 0 || fflush(stdout) != 0))
        status = EX_IOERR;
    free(line);
    str_free(&document.text);
    return status;
}
