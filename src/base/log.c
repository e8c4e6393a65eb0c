#include "base/log.h"

#include "base/date.h"
#include "base/plain.h"
#include "base/str.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_int log_limit = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&log_limit, (int)level);
}

/** What each level is called, and its priority in the journal (sd-daemon(3)). */
static const struct {
    const char *name, *priority;
} levels[] = {
    [LOG_LEVEL_ERROR] = {"error", "<3>"},
    [LOG_LEVEL_WARN] = {"warn", "<4>"},
    [LOG_LEVEL_INFO] = {"info", "<6>"},
    [LOG_LEVEL_DEBUG] = {"debug", "<7>"},
};

const char *log_priority(enum log_level level)
{
    const char *journal = getenv("JOURNAL_STREAM");
    char stream[64];
    struct stat file;

    if (journal == NULL || fstat(STDERR_FILENO, &file) != 0)
        return "";
    (void)snprintf(stream, sizeof stream, "%ju:%ju", (uintmax_t)file.st_dev,
                   (uintmax_t)file.st_ino);
    return strcmp(stream, journal) == 0 ? levels[level].priority : "";
}

/** Adds words; each of their lines begins with the priority. */
static void add_words(struct str *line, const char *words, const char *priority)
{
    struct str plain = {0};

    plain_add(&plain, words, PLAIN_LINES);
    for (const char *at = str_text(&plain); *at != '\0'; at++) {
        str_add_char(line, *at);
        if (*at == '\n')
            str_add(line, priority);
    }
    str_free(&plain);
}

/* One write() for each message, so that threads do not mix their lines. The journal has the time. */
__attribute__((format(printf, 2, 0))) static void log_write(enum log_level level,
                                                            const char *format, va_list args)
{
    if ((int)level > atomic_load(&log_limit))
        return;
    int saved = errno;
    const char *priority = log_priority(level);
    bool journal = *priority != '\0';
    char stamp[STAMP_TEXT];
    struct str line = {0};
    str_printf(&line, "%s%s%s%s ", priority, journal ? "" : date_format_stamp(time(NULL), stamp),
               journal ? "" : " ", levels[level].name);
    struct str words = {0};
    str_vprintf(&words, format, args);
    add_words(&line, str_text(&words), priority);
    str_free(&words);
    str_add_char(&line, '\n');
    size_t done = 0;
    while (done < line.length) {
        ssize_t written = write(STDERR_FILENO, line.text + done, line.length - done);
        if (written < 0 && errno != EINTR)
            break; /* no other place to report it */
        done += written > 0 ? (size_t)written : 0;
    }
    str_free(&line);
    errno = saved;
}

void log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_write(LOG_LEVEL_ERROR, format, args);
    va_end(args);
}

void log_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_write(LOG_LEVEL_WARN, format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_write(LOG_LEVEL_INFO, format, args);
    va_end(args);
}

void log_debug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_write(LOG_LEVEL_DEBUG, format, args);
    va_end(args);
}
