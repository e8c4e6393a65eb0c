#include "report/printing.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = 12, TOLD_JOB = 8 /* cells of a job; WHY is one more */ };

/** States of a job in IPP (RFC 8011, 5.3.7). */
enum job_state {
    JOB_UNKNOWN = 0,
    JOB_PENDING = 3,
    JOB_HELD,
    JOB_PROCESSING,
    JOB_STOPPED,
    JOB_CANCELED,
    JOB_ABORTED,
    JOB_COMPLETED
};

// ---- lines

struct line {
    size_t count;
    char *text;
    const char *cells[CELLS];
};

/** Cuts the next line of *at; false at the end. */
static bool line_next(const char **at, struct line *line)
{
    size_t length = strcspn(*at, "\n");

    free(line->text);
    *line = (struct line){0};
    if (**at == '\0')
        return false;
    line->text = mem_copy_bytes(*at, length);
    *at += length + ((*at)[length] == '\n');
    for (char *cell = line->text; cell != NULL && line->count < CELLS;) {
        char *tab = strchr(cell, '\t');
        if (tab != NULL)
            *tab = '\0';
        line->cells[line->count++] = cell;
        cell = tab == NULL ? NULL : tab + 1;
    }
    return true;
}

static bool line_is(const struct line *line, const char *what, size_t count)
{
    return line->count == count && strcmp(line->cells[0], what) == 0;
}

static bool is_yes(const char *cell)
{
    return strcmp(cell, "1") == 0;
}

// ---- what a printer needs

/** Keywords of printer-state-reasons (RFC 8011, 5.4.12, and PWG 5100.9) without their severity. */
static const struct {
    const char *reason, *words;
} TROUBLES[] = {
    {"media-empty", "缺纸，加纸后会自动接着打"},
    {"media-needed", "缺纸，加纸后会自动接着打"},
    {"input-tray-missing", "纸盒没有装好，装好后会自动接着打"},
    {"media-jam", "卡纸，取出卡住的纸后会自动接着打"},
    {"output-area-full", "出纸口满了，取走纸后会自动接着打"},
    {"cover-open", "机盖没有关好，关好后会自动接着打"},
    {"door-open", "机盖没有关好，关好后会自动接着打"},
    {"interlock-open", "机盖没有关好，关好后会自动接着打"},
    {"toner-empty", "没有碳粉了，换好后会自动接着打"},
    {"marker-supply-empty", "没有墨（碳粉、色带）了，换好后会自动接着打"},
    {"developer-empty", "显影剂用完了，换好后会自动接着打"},
    {"offline", "连不上，请看打印机开了没有、线插好没有，连上后会自动接着打"},
    {"connecting-to-device", "还没有连上，请看打印机开了没有、线插好没有"},
    {"timed-out", "没有回应，请看打印机开了没有、线插好没有"},
    {"spool-area-full", "打印服务的磁盘满了，请找系统管理员"},
    {"cups-insecure-filter-warning", "的驱动有问题，请找系统管理员"},
    {"cups-missing-filter-warning", "缺少驱动程序，请找系统管理员"},
};

/** What the drivers that come with CUPS say of a printer that they cannot reach. */
static const char *const UNREACHED[] = {"may not exist or is unavailable", "not responding",
                                        "Unable to locate printer", "Unable to connect"};

static bool has_reason(const char *reasons, const char *wanted)
{
    size_t length = strlen(wanted);

    for (const char *at = reasons; (at = strstr(at, wanted)) != NULL; at++)
        if ((at == reasons || at[-1] == ',') && strchr(",-", at[length]) != NULL)
            return true;
    return false;
}

/** What the printer waits for; NULL if it is fine. */
static const char *find_trouble(const char *reasons, const char *message)
{
    for (size_t i = 0; i < sizeof TROUBLES / sizeof TROUBLES[0]; i++)
        if (has_reason(reasons, TROUBLES[i].reason))
            return TROUBLES[i].words;
    for (size_t i = 0; i < sizeof UNREACHED / sizeof UNREACHED[0]; i++)
        if (strstr(message, UNREACHED[i]) != NULL)
            return "连不上，请看打印机开了没有、线插好没有，连上后会自动接着打";
    return NULL;
}

// ---- queues

static char *queue_trouble(bool accepts, bool stopped, const char *reasons)
{
    const char *trouble = find_trouble(reasons, "");

    return mem_copy(!accepts          ? "不接收打印，请找系统管理员"
                    : stopped         ? "停用了，请找系统管理员"
                    : trouble != NULL ? trouble
                                      : "");
}

static void add_queue(struct printing_queues *queues, size_t *capacity, const struct line *line)
{
    struct printing_queue queue = {
        .name = mem_copy(line->cells[1]),
        .is_default = is_yes(line->cells[2]),
        .trouble = queue_trouble(is_yes(line->cells[3]), is_yes(line->cells[4]), line->cells[5]),
        .info = mem_copy(line->cells[6]),
        .location = mem_copy(line->cells[7]),
    };
    size_t at = queue.is_default ? 0 : queues->count;

    mem_grow((void **)&queues->items, queues->count, capacity, sizeof queues->items[0]);
    memmove(queues->items + at + 1, queues->items + at,
            (queues->count - at) * sizeof queues->items[0]);
    queues->items[at] = queue;
    queues->count++;
}

void printing_read_queues(const char *text, struct printing_queues *ret_queues)
{
    struct line line = {0};
    size_t capacity = 0;

    *ret_queues = (struct printing_queues){0};
    while (line_next(&text, &line))
        if (line_is(&line, "queue", 8))
            add_queue(ret_queues, &capacity, &line);
}

void printing_queues_free(struct printing_queues *queues)
{
    for (size_t i = 0; i < queues->count; i++) {
        free(queues->items[i].name);
        free(queues->items[i].info);
        free(queues->items[i].location);
        free(queues->items[i].trouble);
    }
    free(queues->items);
    *queues = (struct printing_queues){0};
}

// ---- jobs

char *printing_queue_of(const char *id)
{
    const char *dash = strrchr(id, '-');

    return mem_copy_bytes(id, dash == NULL ? strlen(id) : (size_t)(dash - id));
}

char *printing_read_sent(const char *text)
{
    struct line line = {0};
    char *id = NULL;

    while (line_next(&text, &line))
        if (line_is(&line, "job", 2) && id == NULL)
            id = mem_copy(line.cells[1]);
    return id;
}

/** A line of `jobs`. */
struct seen {
    int state;
    const char *queue;
    bool stopped;
    const char *message;
    const char *trouble; /* what the printer waits for; NULL if it is fine */
    const char *reasons; /* of the printer */
    const char *why;     /* of the job */
};

/** Keywords of job-state-reasons (RFC 8011, 5.3.8, and CUPS) of a job that is held. */
#define RETRIED "resources-are-not-ready" /* the driver failed; CUPS tries again by itself */
#define ASKED "cups-held-for-authentication"

/** True if a printer's reason is a fault that it has now ("-error", not "-warning" nor "-report"). */
static bool has_error(const char *reasons)
{
    static const char ERROR[] = "-error";

    for (const char *at = reasons; (at = strstr(at, ERROR)) != NULL; at++)
        if (strchr(",", at[strlen(ERROR)]) != NULL)
            return true;
    return false;
}

/** A completed job is printed unless somebody says otherwise: CUPS keeps of what a driver said only
 *  its warnings and errors, and gives a job the same state whether or not anything came out. */
static bool is_doubtful(const struct seen *seen)
{
    return seen->message[0] != '\0' || has_error(seen->reasons) ||
           has_reason(seen->why, "job-completed-with-errors") ||
           has_reason(seen->why, "job-completed-with-warnings");
}

static enum print_state judge(const struct seen *seen)
{
    bool stuck = seen->stopped || seen->trouble != NULL;

    switch (seen->state) {
    case JOB_PENDING:
        return stuck ? PRINT_STUCK : PRINT_SENT;
    case JOB_HELD:
        return has_reason(seen->why, RETRIED) ? PRINT_STUCK : PRINT_HELD;
    case JOB_PROCESSING:
        return stuck ? PRINT_STUCK : PRINT_GOING;
    case JOB_STOPPED:
        return PRINT_STUCK;
    case JOB_CANCELED:
        return PRINT_CANCELED;
    case JOB_ABORTED:
        return PRINT_FAILED;
    case JOB_COMPLETED:
        return is_doubtful(seen) ? PRINT_REPORTED : PRINT_DONE;
    default:
        return PRINT_LOST;
    }
}

/** "（what the driver said）", "" if it said nothing. New string. */
static char *told(const struct seen *seen)
{
    return seen->message[0] == '\0' ? mem_copy("") : mem_printf("（%s）", seen->message);
}

static char *stuck_words(const struct seen *seen)
{
    char *driver = told(seen);
    char *words = NULL;

    if (seen->trouble != NULL)
        words = mem_printf("打印机 %s %s；不要再打一次，任务还在排队", seen->queue, seen->trouble);
    else if (seen->state == JOB_HELD)
        words = mem_printf("打印机 %s 这一次没有打出%s，过几分钟自动再试，不要再打一次；"
                           "急用就取消这个任务，换一台打印机，并告诉系统管理员",
                           seen->queue, driver);
    else
        words = mem_printf("打印机 %s 停用了%s，任务在排队：请找系统管理员启用，不要再打一次；"
                           "急用就取消这个任务，换一台打印机",
                           seen->queue, driver);
    free(driver);
    return words;
}

static char *held_words(const struct seen *seen)
{
    return mem_printf("打印机 %s %s，还没有打：请找系统管理员%s，或取消后换一台打印机", seen->queue,
                      has_reason(seen->why, ASKED) ? "要账号和密码" : "把任务暂缓了",
                      has_reason(seen->why, ASKED) ? "设置" : "放行");
}

/** What the printer says is wrong with a job that has ended. New string. */
static char *fault_of(const struct seen *seen)
{
    if (seen->message[0] != '\0')
        return mem_copy(seen->message);
    if (seen->trouble != NULL) { /* without what to do while it waits */
        const char *comma = strstr(seen->trouble, "，");
        return comma == NULL ? mem_copy(seen->trouble)
                             : mem_copy_bytes(seen->trouble, (size_t)(comma - seen->trouble));
    }
    return mem_copy(has_error(seen->reasons) ? seen->reasons : "打的时候出过错");
}

static char *reported_words(const struct seen *seen)
{
    char *fault = fault_of(seen);
    char *words = mem_printf("已送出，打印机 %s 报告：%s。请去看打全没有，没有打出的再打一次",
                             seen->queue, fault);

    free(fault);
    return words;
}

static char *failed_words(const struct seen *seen)
{
    char *driver = told(seen);
    char *words = mem_printf("没有打出：打印机 %s 没能打印这份文件%s。请换一台打印机，或存成文件，"
                             "并告诉系统管理员",
                             seen->queue, driver);

    free(driver);
    return words;
}

static char *job_words(enum print_state state, const struct seen *seen)
{
    switch (state) {
    case PRINT_SENT:
        return mem_printf("已送打印机 %s，前面还有任务在打", seen->queue);
    case PRINT_GOING:
        return mem_printf("打印机 %s 正在打印", seen->queue);
    case PRINT_STUCK:
        return stuck_words(seen);
    case PRINT_HELD:
        return held_words(seen);
    case PRINT_DONE:
        return mem_printf("打印完成，请到打印机 %s 取", seen->queue);
    case PRINT_REPORTED:
        return reported_words(seen);
    case PRINT_CANCELED:
        return mem_printf("没有打完：任务在打印机 %s 上取消了，要打请重新打印", seen->queue);
    case PRINT_FAILED:
        return failed_words(seen);
    default:
        return mem_printf("打印服务里查不到这个任务了，请到打印机 %s 看有没有打出", seen->queue);
    }
}

static void read_job(const struct line *line, struct printing_job *ret_job)
{
    struct seen seen = {
        .state = atoi(line->cells[3]),
        .queue = line->cells[4],
        .stopped = is_yes(line->cells[5]),
        .message = line->cells[7],
        .trouble = find_trouble(line->cells[6], line->cells[7]),
        .reasons = line->cells[6],
        .why = line->count > TOLD_JOB ? line->cells[TOLD_JOB] : "",
    };

    ret_job->id = mem_copy(line->cells[1]);
    ret_job->created = strtoll(line->cells[2], NULL, 10);
    ret_job->state = judge(&seen);
    ret_job->words = job_words(ret_job->state, &seen);
}

bool printing_read_job(const char *text, const char *id, struct printing_job *ret_job)
{
    struct line line = {0};
    bool found = false;

    while (line_next(&text, &line))
        if (!found && (line_is(&line, "job", TOLD_JOB) || line_is(&line, "job", TOLD_JOB + 1)) &&
            strcmp(line.cells[1], id) == 0) {
            read_job(&line, ret_job);
            found = true;
        }
    return found;
}

void printing_job_free(struct printing_job *job)
{
    free(job->id);
    free(job->words);
    *job = (struct printing_job){0};
}
