/* doudi-print: what the terminals have to do with CUPS, in a process of its own (report/printing.h). */
#include "base/mem.h"
#include "base/plain.h"
#include "base/result.h"
#include "base/str.h"
#include "report/printing.h"

#include <cups/cups.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE = 10000 /* milliseconds for a connection */ };

// ---- words

/** Says why: `before`, then `what` as plain text, then `after`. */
static enum result refuse(enum result result, const char *before, const char *what,
                          const char *after)
{
    char *plain = plain_copy(what, PLAIN_LINE);

    (void)fprintf(stderr, "%s%s%s\n", before, plain, after);
    free(plain);
    return result;
}

/** What CUPS answered, for an officer: words before and after the queue's name. */
static const struct {
    ipp_status_t status;
    const char *before, *after;
} ANSWERS[] = {
    {IPP_STATUS_ERROR_NOT_FOUND, "没有打印机 ", ""},
    {IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS, "打印机 ", " 现在不接收打印，请找系统管理员恢复"},
    {IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED, "打印机 ",
     " 不能打印 PDF，请找系统管理员安装 cups-filters"},
    {IPP_STATUS_ERROR_FORBIDDEN, "这个账户不能用打印机 ", "，请找系统管理员"},
    {IPP_STATUS_ERROR_NOT_AUTHENTICATED, "这个账户不能用打印机 ", "，请找系统管理员"},
    {IPP_STATUS_ERROR_NOT_AUTHORIZED, "这个账户不能用打印机 ", "，请找系统管理员"},
    {IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED, "这个账户不能用打印机 ", "，请找系统管理员"},
    {IPP_STATUS_ERROR_NOT_POSSIBLE, "打印机 ", " 上的这个任务已经打完或取消了"},
};

static enum result refuse_cups(void)
{
    return refuse(RESULT_IO, "打印服务(CUPS)没有办成：", cupsLastErrorString(), "");
}

static enum result refuse_answer(const char *queue)
{
    for (size_t i = 0; i < sizeof ANSWERS / sizeof ANSWERS[0]; i++)
        if (ANSWERS[i].status == cupsLastError())
            return refuse(RESULT_INVALID, ANSWERS[i].before, queue, ANSWERS[i].after);
    return refuse_cups();
}

static void write_text(const char *text)
{
    char *plain = plain_copy(text != NULL ? text : "", PLAIN_LINE);

    (void)printf("\t%s", plain);
    free(plain);
}

// ---- asking

/** A request with the names of what is wanted; the connection answers it. */
static ipp_t *ask(http_t *http, ipp_op_t what, const char *uri, int count,
                  const char *const *wanted)
{
    ipp_t *request = ippNewRequest(what);

    if (uri != NULL)
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI,
                     what == IPP_OP_GET_JOB_ATTRIBUTES ? "job-uri" : "printer-uri", NULL, uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                 cupsUser());
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_CONST_TAG(IPP_TAG_KEYWORD),
                  "requested-attributes", count, NULL, wanted);
    return cupsDoRequest(http, request, "/");
}

static const char *text_of(ipp_t *answer, const char *name)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    const char *text = attribute != NULL ? ippGetString(attribute, 0, NULL) : NULL;

    return text != NULL ? text : "";
}

static int number_of(ipp_t *answer, const char *name)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);

    return attribute != NULL ? ippGetInteger(attribute, 0) : 0;
}

static void write_reasons(ipp_attribute_t *attribute)
{
    struct str all = {0};

    for (int i = 0; attribute != NULL && i < ippGetCount(attribute); i++)
        str_printf(&all, "%s%s", i > 0 ? "," : "", ippGetString(attribute, i, NULL));
    write_text(str_text(&all));
    str_free(&all);
}

// ---- queues

static const char *const QUEUE[] = {"printer-name",          "printer-info",
                                    "printer-location",      "printer-state",
                                    "printer-state-reasons", "printer-is-accepting-jobs"};

/** What is told of one queue while its attributes are read. */
struct queue {
    const char *name, *info, *location;
    bool accepts, stopped;
    ipp_attribute_t *reasons;
};

static void write_queue(const struct queue *queue, const char *first)
{
    if (queue->name == NULL)
        return;
    (void)fputs("queue", stdout);
    write_text(queue->name);
    (void)printf("\t%d\t%d\t%d", first != NULL && strcmp(first, queue->name) == 0, queue->accepts,
                 queue->stopped);
    write_reasons(queue->reasons);
    write_text(queue->info);
    write_text(queue->location);
    (void)putchar('\n');
}

static void take_attribute(struct queue *queue, ipp_attribute_t *attribute)
{
    const char *name = ippGetName(attribute);

    if (strcmp(name, "printer-name") == 0)
        queue->name = ippGetString(attribute, 0, NULL);
    else if (strcmp(name, "printer-info") == 0)
        queue->info = ippGetString(attribute, 0, NULL);
    else if (strcmp(name, "printer-location") == 0)
        queue->location = ippGetString(attribute, 0, NULL);
    else if (strcmp(name, "printer-state") == 0)
        queue->stopped = ippGetInteger(attribute, 0) == IPP_PSTATE_STOPPED;
    else if (strcmp(name, "printer-is-accepting-jobs") == 0)
        queue->accepts = ippGetBoolean(attribute, 0) != 0;
    else if (strcmp(name, "printer-state-reasons") == 0)
        queue->reasons = attribute;
}

static enum result tell_queues(http_t *http, char **arguments)
{
    ipp_t *answer =
        ask(http, IPP_OP_CUPS_GET_PRINTERS, NULL, sizeof QUEUE / sizeof QUEUE[0], QUEUE);
    ipp_status_t status = cupsLastError();
    const char *first = cupsGetDefault2(http);
    struct queue queue = {0};

    (void)arguments;
    if (status == IPP_STATUS_ERROR_NOT_FOUND) { /* CUPS has no queue at all */
        ippDelete(answer);
        return RESULT_OK;
    }
    if (answer == NULL || status > IPP_STATUS_OK_CONFLICTING)
        return refuse_cups();
    for (ipp_attribute_t *at = ippFirstAttribute(answer); at != NULL;
         at = ippNextAttribute(answer)) {
        if (ippGetGroupTag(at) == IPP_TAG_PRINTER && ippGetName(at) != NULL) {
            take_attribute(&queue, at);
            continue;
        }
        write_queue(&queue, first);
        queue = (struct queue){0};
    }
    write_queue(&queue, first);
    ippDelete(answer);
    return RESULT_OK;
}

// ---- printing

/** Hands on what comes on standard input. */
static http_status_t copy_input(http_t *http)
{
    char block[65536];
    http_status_t status = HTTP_STATUS_CONTINUE;
    ssize_t got;

    while (status == HTTP_STATUS_CONTINUE && (got = read(STDIN_FILENO, block, sizeof block)) != 0)
        if (got > 0)
            status = cupsWriteRequestData(http, block, (size_t)got);
        else if (errno != EINTR)
            status = HTTP_STATUS_ERROR;
    return status;
}

/** Asks for the queue's attributes; NULL, with the words said, if it is not there. */
static ipp_t *ask_queue(http_t *http, const char *queue)
{
    char uri[HTTP_MAX_URI];
    ipp_t *answer = NULL;

    httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0,
                     "/printers/%s", queue);
    answer = ask(http, IPP_OP_GET_PRINTER_ATTRIBUTES, uri, sizeof QUEUE / sizeof QUEUE[0], QUEUE);
    if (answer != NULL && ippGetStatusCode(answer) <= IPP_STATUS_OK_CONFLICTING)
        return answer;
    ippDelete(answer);
    return NULL;
}

static enum result send_file(http_t *http, char **arguments)
{
    const char *queue = arguments[0];
    const char *title = arguments[1];
    cups_option_t *options = NULL;
    ipp_t *there = ask_queue(http, queue);
    if (there == NULL)
        return refuse_answer(queue);
    ippDelete(there);

    int count = cupsAddOption("media", "iso_a4_210x297mm", 0, &options);
    int job = cupsCreateJob(http, queue, title, count, options);
    bool sent = job > 0 && cupsStartDocument(http, queue, job, title, CUPS_FORMAT_PDF, 1) ==
                               HTTP_STATUS_CONTINUE;

    cupsFreeOptions(count, options);
    if (sent)
        sent = copy_input(http) == HTTP_STATUS_CONTINUE &&
               cupsFinishDocument(http, queue) <= IPP_STATUS_OK_CONFLICTING;
    if (sent) {
        (void)printf("job\t%s-%d\n", queue, job);
        return RESULT_OK;
    }
    enum result result = refuse_answer(queue);
    if (job > 0) /* half a list is not printed */
        (void)cupsCancelJob2(http, queue, job, 0);
    return result;
}

// ---- jobs

static const char *const JOB[] = {"job-state", "job-state-reasons", "time-at-creation",
                                  "job-printer-state-message"};

/** The number in a job's id; 0 if it is none. */
static int number_in(const char *id)
{
    const char *dash = strrchr(id, '-');

    return dash != NULL ? atoi(dash + 1) : 0;
}

static enum result tell_job(http_t *http, const char *id)
{
    char uri[HTTP_MAX_URI];
    char *queue = printing_queue_of(id);
    ipp_t *job = NULL;
    ipp_t *printer = NULL;
    enum result result = RESULT_OK;

    httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0, "/jobs/%d",
                     number_in(id));
    job = ask(http, IPP_OP_GET_JOB_ATTRIBUTES, uri, sizeof JOB / sizeof JOB[0], JOB);
    if (job == NULL || (ippGetStatusCode(job) != IPP_STATUS_ERROR_NOT_FOUND &&
                        ippGetStatusCode(job) != IPP_STATUS_OK)) {
        result = refuse_answer(queue);
    } else {
        printer = ask_queue(http, queue);
        (void)fputs("job", stdout);
        write_text(id);
        (void)printf("\t%d\t%d", number_of(job, "time-at-creation"), number_of(job, "job-state"));
        write_text(queue);
        (void)printf("\t%d", number_of(printer, "printer-state") == IPP_PSTATE_STOPPED);
        write_reasons(ippFindAttribute(printer, "printer-state-reasons", IPP_TAG_ZERO));
        write_text(text_of(job, "job-printer-state-message"));
        write_reasons(ippFindAttribute(job, "job-state-reasons", IPP_TAG_ZERO));
        (void)putchar('\n');
    }
    ippDelete(job);
    ippDelete(printer);
    free(queue);
    return result;
}

static enum result tell_jobs(http_t *http, char **arguments)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; arguments[i] != NULL && result == 0; i++)
        result = tell_job(http, arguments[i]);
    return result;
}

static enum result cancel_job(http_t *http, char **arguments)
{
    char *queue = printing_queue_of(arguments[0]);
    enum result result = RESULT_OK;

    if (cupsCancelJob2(http, queue, number_in(arguments[0]), 0) > IPP_STATUS_OK_CONFLICTING)
        result = refuse_answer(queue);
    free(queue);
    return result;
}

// ---- the program

static const struct {
    const char *name;
    int least, most; /* arguments */
    enum result (*run)(http_t *http, char **arguments);
} COMMANDS[] = {
    {"queues", 0, 0, tell_queues},
    {"send", 2, 2, send_file},
    {"jobs", 1, 1000, tell_jobs},
    {"cancel", 1, 1, cancel_job},
};

/** Nobody is there to type a password. */
static const char *no_password(const char *prompt, http_t *http, const char *method,
                               const char *resource, void *arg)
{
    (void)prompt, (void)http, (void)method, (void)resource, (void)arg;
    return NULL;
}

int main(int argc, char **argv)
{
    size_t at = 0;
    enum result result = RESULT_OK;

    while (at < sizeof COMMANDS / sizeof COMMANDS[0] &&
           (argc < 2 || strcmp(argv[1], COMMANDS[at].name) != 0 || argc - 2 < COMMANDS[at].least ||
            argc - 2 > COMMANDS[at].most))
        at++;
    if (at == sizeof COMMANDS / sizeof COMMANDS[0])
        return result_exit(
            refuse(RESULT_USAGE,
                   "usage: doudi-print queues | send QUEUE TITLE | jobs ID… | cancel ID", "", ""));
    cupsSetPasswordCB2(no_password, NULL);
    http_t *http =
        httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC, cupsEncryption(), 1, PATIENCE, NULL);
    if (http == NULL)
        return result_exit(
            refuse(RESULT_NOSERVER, "本机没有运行打印服务(CUPS)，请找系统管理员", "", ""));
    result = COMMANDS[at].run(http, argv + 2);
    httpClose(http);
    if (fflush(stdout) != 0 && result == 0)
        result = RESULT_IO;
    return result_exit(result);
}
