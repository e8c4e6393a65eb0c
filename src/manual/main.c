/**
 * manual: copies a document from stdin to stdout and inserts the program's tables.
 *
 * Part of the build, not installed. A table stands between a line that begins a part and the end
 * line:
 *
 *     <!-- keys SCREEN -->   <!-- menu -->   <!-- rights -->   …   <!-- end -->
 *     <!-- measures -->      <!-- alarms -->                   …   <!-- end -->
 *     .\" commands                                             …   .\" end
 *
 * A document that has keys must have the keys of every screen. Exit: 0, or 65 with the reason on
 * stderr.
 */
#include "manual/manual.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { SCREENS_MAX = 64 };

struct document {
    struct str text;
    bool inside; /**< between the lines that begin and end a part */
    bool keys;
    bool shown[SCREENS_MAX]; /**< screens whose keys were put in */
};

/** "<!-- keys 首页 -->" with "<!-- keys " gives "首页"; "" if the line does not begin so. */
static void read_name(const char *line, const char *prefix, char *name, size_t size)
{
    const char *start = line + strlen(prefix);
    const char *end = strncmp(line, prefix, strlen(prefix)) == 0 ? strstr(start, " -->") : NULL;

    name[0] = '\0';
    if (end != NULL && (size_t)(end - start) < size) {
        memcpy(name, start, (size_t)(end - start));
        name[end - start] = '\0';
    }
}

static bool add_keys(struct document *document, const char *screen)
{
    const char *name = NULL;

    document->keys = true;
    for (size_t i = 0; i < SCREENS_MAX && (name = manual_screen_at(i)) != NULL; i++)
        if (strcmp(name, screen) == 0)
            document->shown[i] = true;
    return manual_keys(&document->text, screen);
}

/** Copies a line and, behind a line that begins a part, adds the part. False if there is no such
 *  part. */
static bool add_line(struct document *document, const char *line)
{
    char screen[64];

    if (strcmp(line, "<!-- end -->\n") == 0 || strcmp(line, ".\\\" end\n") == 0)
        document->inside = false;
    if (document->inside)
        return true;
    str_add(&document->text, line);
    read_name(line, "<!-- keys ", screen, sizeof screen);
    document->inside = true;
    if (screen[0] != '\0')
        return add_keys(document, screen);
    if (strcmp(line, "<!-- menu -->\n") == 0)
        manual_menu(&document->text);
    else if (strcmp(line, "<!-- rights -->\n") == 0)
        manual_rights(&document->text);
    else if (strcmp(line, "<!-- measures -->\n") == 0)
        manual_measures(&document->text);
    else if (strcmp(line, "<!-- alarms -->\n") == 0)
        manual_alarms(&document->text);
    else if (strcmp(line, ".\\\" commands\n") == 0)
        manual_commands(&document->text);
    else
        document->inside = false;
    return true;
}

/** Prints what is missing. */
static bool is_complete(const struct document *document)
{
    const char *name = NULL;
    bool complete = !document->inside;

    if (document->inside)
        fputs("manual: a part has no end line\n", stderr);
    for (size_t i = 0; document->keys && (name = manual_screen_at(i)) != NULL; i++) {
        if (i >= SCREENS_MAX || !document->shown[i]) {
            fprintf(stderr, "manual: no keys of %s\n", name);
            complete = false;
        }
    }
    return complete;
}

int main(void)
{
    struct document document = {0};
    char *line = NULL;
    size_t capacity = 0;
    int status = EXIT_SUCCESS;

    while (status == EXIT_SUCCESS && getline(&line, &capacity, stdin) >= 0) {
        if (!add_line(&document, line)) {
            fprintf(stderr, "manual: no such screen: %s", line);
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
