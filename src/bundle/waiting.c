#include "bundle/waiting.h"

#include "base/ids.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "base/text.h"
#include "service/memory/facts.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * A file is AREA.NUMBER.HASH.NAME: two contents under one number wait beside each other until the
 * chain says which is right; NAME is the file as its sender knows it.
 */

enum { HASH_LENGTH = 12, DAY_SECONDS = 24 * 60 * 60 };

struct kept {
    char area[AREA_TEXT];
    uint64_t number;
    const char *name; /**< within the file's name */
};

static bool parse(const char *file, struct kept *ret_kept)
{
    const char *number = file + AREA_TEXT - 1;
    char digits[32];
    size_t length;

    if (strspn(file, "0123456789") != AREA_TEXT - 1 || *number != '.')
        return false;
    number++;
    length = strspn(number, "0123456789");
    if (length == 0 || length >= sizeof digits || strlen(number) <= length + 1 + HASH_LENGTH + 1 ||
        number[length] != '.' || number[length + 1 + HASH_LENGTH] != '.')
        return false;
    memcpy(ret_kept->area, file, AREA_TEXT - 1);
    ret_kept->area[AREA_TEXT - 1] = '\0';
    memcpy(digits, number, length);
    digits[length] = '\0';
    ret_kept->name = number + length + 1 + HASH_LENGTH + 1;
    return ids_parse(digits, &ret_kept->number);
}

static char *folder_of(const char *home)
{
    return paths_join(home, "waiting");
}

// ---- what is there

/** False ends the walk. */
typedef bool (*kept_fn)(const char *path, const struct kept *kept, void *arg);

static void walk(const char *home, kept_fn each, void *arg)
{
    char *folder = folder_of(home);
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool more = true;

    while (more && dir != NULL && (entry = readdir(dir)) != NULL) {
        struct kept kept;
        if (!parse(entry->d_name, &kept))
            continue;
        char *path = paths_join(folder, entry->d_name);
        more = each(path, &kept, arg);
        free(path);
    }
    if (dir != NULL)
        closedir(dir);
    free(folder);
}

struct cleaning {
    const char *area; /**< whose are removed up to the number */
    uint64_t number;
    time_t before; /**< all that are older are removed */
};

static bool clean_one(const char *path, const struct kept *kept, void *arg)
{
    const struct cleaning *cleaning = arg;
    struct stat status;
    bool old = stat(path, &status) == 0 && status.st_mtime < cleaning->before;

    if (old || (strcmp(kept->area, cleaning->area) == 0 && kept->number <= cleaning->number))
        (void)unlink(path);
    return true;
}

static void clean(const char *home, const char *area, uint64_t number)
{
    struct cleaning cleaning = {
        .area = area, .number = number, .before = time(NULL) - (time_t)WAITING_DAYS * DAY_SECONDS};

    walk(home, clean_one, &cleaning);
}

struct counting {
    const char *area;
    size_t count;
};

static bool count_one(const char *path, const struct kept *kept, void *arg)
{
    struct counting *counting = arg;

    (void)path;
    counting->count += strcmp(kept->area, counting->area) == 0;
    return true;
}

void waiting_count(const char *home, struct sheet *senders)
{
    for (size_t row = 0; row < senders->row_count; row++) {
        struct counting counting = {.area = sheet_get(senders, row, "key")};

        walk(home, count_one, &counting);
        sheet_set_number(senders, row, "waiting", counting.count);
    }
}

// ---- keeping one

static enum result keep(const char *home, const char *path, const struct receipt *receipt)
{
    char *folder = folder_of(home);
    char *file = mem_printf("%s/%s.%" PRIu64 ".%.*s.%s", folder, receipt->sender, receipt->number,
                            HASH_LENGTH, receipt->manifest, receipt->file);
    struct counting counting = {.area = receipt->sender};
    struct stat status;
    enum result result = RESULT_OK;

    clean(home, "", 0);
    walk(home, count_one, &counting);
    if (stat(path, &status) != 0)
        result = RESULT_NOINPUT;
    else if (status.st_size > WAITING_BYTES ||
             (counting.count >= WAITING_MOST && access(file, F_OK) != 0))
        result = RESULT_FULL;
    else if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        result = result_of_write(errno, RESULT_CANTCREATE);
    if (result == 0)
        result = partfile_copy(path, file);
    free(file);
    free(folder);
    return result;
}

void waiting_keep(const char *home, const char *path, struct receipt *receipt)
{
    enum result result = keep(home, path, receipt);

    if (result != 0)
        log_warn("bundle %s is not kept: %s", receipt->file, result_name(result));
    char *words = mem_printf("%s%s", receipt->words,
                             result == 0 ? "这一包已留下，前面的到了会自动接上，不用再发。"
                                         : "这一包没有留下，到时要再发一次。");
    free(receipt->words);
    receipt->words = words;
}

// ---- what follows

struct finding {
    const char *area;
    uint64_t number;
    char *path, *name;
};

static bool find_one(const char *path, const struct kept *kept, void *arg)
{
    struct finding *finding = arg;

    if (strcmp(kept->area, finding->area) != 0 || kept->number != finding->number)
        return true;
    finding->path = mem_copy(path);
    finding->name = mem_copy(kept->name);
    return false;
}

static enum result take_one(struct service *service, const struct caller *caller,
                            const char *scratch, const struct finding *finding,
                            struct receipt **ret_receipt)
{
    const struct ingest_order order = {
        .path = finding->path, .name = finding->name, .scratch = scratch};
    struct reply reply = {0};
    enum result result = mkdir(scratch, 0700) == 0
                             ? ingest_bundle(service, caller, &order, ret_receipt, &reply)
                             : result_of_write(errno, RESULT_CANTCREATE);

    if (result != 0)
        log_warn("bundle %s goes on waiting: %s", finding->name,
                 reply.message != NULL ? reply.message : result_name(result));
    reply_free(&reply);
    return result;
}

void waiting_follow(struct service *service, const struct caller *caller, const char *scratch,
                    const struct receipt *taken, waiting_fn each, void *arg)
{
    const char *home = service_home(service);
    struct finding finding = {.area = taken->sender, .number = taken->number};
    enum receipt_outcome outcome = taken->outcome;
    enum result result = RESULT_OK;
    char area[AREA_TEXT];

    memcpy(area, taken->sender, sizeof area);
    finding.area = area;
    for (size_t turn = 1; result == 0 && outcome != RECEIPT_WAITING; turn++) {
        struct receipt *receipt = NULL;
        if (outcome == RECEIPT_TAKEN)
            clean(home, area, finding.number++);
        walk(home, find_one, &finding);
        if (finding.path == NULL)
            break;
        char *folder = mem_printf("%s/after-%zu", scratch, turn);
        result = take_one(service, caller, folder, &finding, &receipt);
        if (result == 0) {
            outcome = receipt->outcome;
            if (outcome == RECEIPT_REFUSED)
                (void)unlink(finding.path);
            each(receipt, arg);
        }
        free(folder);
        free(finding.path);
        free(finding.name);
        finding.path = finding.name = NULL;
    }
}
