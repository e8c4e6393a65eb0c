#include "base/log.h"

#include "base/date.h"
#include "base/plain.h"
#include "base/str.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int log_limit = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&log_limit, (int)level);
}

/* One write() for each line, so that threads do not mix their lines. */
__attribute__((format(printf, 2, 0))) static void log_write(enum log_level level,
                                                            const char *format, va_list args)
{
    static const char *const names[] = {
        [LOG_LEVEL_ERROR] = "error",
        [LOG_LEVEL_WARN] = "warn",
        [LOG_LEVEL_INFO] = "info",
        [LOG_LEVEL_DEBUG] = "debug",
    };
    if ((int)level > atomic_load(&log_limit))
        return;
    int saved = errno;
    char stamp[STAMP_TEXT];
    struct str line = {0};
    str_printf(&line, "%s %s ", date_format_stamp(time(NULL), stamp), names[level]);
    struct str words = {0};
    str_vprintf(&words, format, args);
    plain_add(&line, str_text(&words), PLAIN_LINES);
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
