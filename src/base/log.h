/**
 * The log: one line per event on stderr, "YYYY-MM-DD HH:MM:SS level text". If stderr is the journal
 * of systemd, a line begins with its priority instead of the time: "<3>error text".
 *
 * Never log anything about a person: no names, ID numbers, phones or passwords. Safe from any
 * thread.
 */
#ifndef DOUDI_BASE_LOG_H
#define DOUDI_BASE_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

void log_set_level(enum log_level level);
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** "<3>" for a line of this level if stderr is the journal, else "". */
const char *log_priority(enum log_level level);

#endif
