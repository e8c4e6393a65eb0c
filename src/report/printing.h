/**
 * What doudi-print tells of CUPS, and what an officer is told of it.
 *
 * doudi-print (print.c) is the only program that knows CUPS, so that no terminal carries its
 * libraries. It answers in lines of texts separated by tabs; these functions write nothing and
 * read those lines. An unreadable line is passed over.
 *
 *   doudi-print queues              queue NAME DEFAULT ACCEPTS STOPPED REASONS INFO LOCATION
 *   doudi-print send QUEUE TITLE    job ID        (the PDF on standard input)
 *   doudi-print jobs ID…            job ID CREATED STATE QUEUE STOPPED REASONS MESSAGE WHY
 *   doudi-print cancel ID
 *
 * DEFAULT, ACCEPTS and STOPPED are 1 or 0, CREATED is seconds since 1970, STATE the number of IPP's
 * job-state (0: CUPS does not know the job), REASONS the queue's printer-state-reasons joined by
 * commas, MESSAGE what the driver warned of, WHY the job-state-reasons; a doudi-print of an earlier
 * version does not tell WHY. An ID is QUEUE-NUMBER. On failure the first line of standard error says
 * why, in Chinese.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_REPORT_PRINTING_H
#define DOUDI_REPORT_PRINTING_H

#include "base/prints.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct printing_queue {
    char *name, *info, *location;
    bool is_default;
    char *trouble; /**< why nothing would come out of it now, "" if it is ready */
};

struct printing_queues {
    size_t count;
    struct printing_queue *items; /**< the default first, others as CUPS has them */
};

struct printing_job {
    char *id;
    int64_t created;
    enum print_state state;
    char *words; /**< what has become of it and what to do */
};

/** Reads the answer of `queues`; free it with printing_queues_free(). */
void printing_read_queues(const char *text, struct printing_queues *ret_queues);
void printing_queues_free(struct printing_queues *queues);

/** The id in the answer of `send`, NULL if there is none. New string. */
char *printing_read_sent(const char *text);
/** Reads the job of that id from the answer of `jobs`; false if the answer does not have it. */
bool printing_read_job(const char *text, const char *id, struct printing_job *ret_job);
void printing_job_free(struct printing_job *job);
/** The queue's name in a job's id. New string. */
char *printing_queue_of(const char *id);

#endif
