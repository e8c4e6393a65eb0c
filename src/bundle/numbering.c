#include "bundle/numbering.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "base/text.h"
#include "bundle/manifest.h"
#include "bundle/seal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENDING ".tar.zst"

/** The bundles of an area in a folder. */
struct folder {
    char *beginning; /**< of their names */
    day_t date;      /**< of the next one */
    uint32_t of_day; /**< the last of that day, 0 = none */
    day_t newest_date;
    uint32_t newest_of_day;
    char *newest; /**< its path */
};

/** Reads "YYYYMMDD.tar.zst" or "YYYYMMDD-2.tar.zst", sealed or not; false for another text. */
static bool parse_name(const char *rest, day_t *ret_date, uint32_t *ret_of_day, bool *ret_sealed)
{
    enum { YEAR = 4, MONTH = 2, DAY = 2, DIGITS = YEAR + MONTH + DAY };
    int64_t of_day = 1;
    char number[NUMBER_TEXT] = "";

    if (strlen(rest) < DIGITS)
        return false;
    *ret_date = date_make(date_digits(rest, YEAR), date_digits(rest + YEAR, MONTH),
                          date_digits(rest + YEAR + MONTH, DAY));
    rest += DIGITS;
    if (*rest == '-') {
        size_t length = strspn(++rest, "0123456789");
        if (length == 0 || length >= sizeof number)
            return false;
        memcpy(number, rest, length);
        if (text_to_int(number, 2, UINT32_MAX, &of_day) != 0)
            return false;
        rest += length;
    }
    *ret_of_day = (uint32_t)of_day;
    *ret_sealed = strcmp(rest, ENDING SEAL_ENDING) == 0;
    return *ret_date != 0 && (*ret_sealed || strcmp(rest, ENDING) == 0);
}

static void see_name(struct folder *folder, const char *directory, const char *name)
{
    uint32_t of_day = 0;
    day_t date = 0;
    bool sealed = false;

    if (!text_starts(name, folder->beginning) ||
        !parse_name(name + strlen(folder->beginning), &date, &of_day, &sealed))
        return;
    if (date == folder->date && of_day > folder->of_day)
        folder->of_day = of_day;
    if (sealed || date < folder->newest_date || /* a sealed one cannot be looked into */
        (date == folder->newest_date && of_day <= folder->newest_of_day))
        return;
    folder->newest_date = date;
    folder->newest_of_day = of_day;
    free(folder->newest);
    folder->newest = paths_join(directory, name);
}

/** Removes an unfinished bundle of the area: only a killed export leaves one. */
static void remove_part(const struct folder *folder, int directory, const char *name)
{
    size_t length = strlen(name);
    size_t ending = strlen(PARTFILE_ENDING);

    if (text_starts(name, folder->beginning) && length > ending &&
        strcmp(name + length - ending, PARTFILE_ENDING) == 0)
        (void)unlinkat(directory, name, 0);
}

static enum result read_folder(struct folder *folder, const char *directory)
{
    DIR *dir = opendir(directory);
    struct dirent *entry;

    if (dir == NULL)
        return RESULT_CANTCREATE;
    while ((entry = readdir(dir)) != NULL) {
        remove_part(folder, dirfd(dir), entry->d_name);
        see_name(folder, directory, entry->d_name);
    }
    closedir(dir);
    return RESULT_OK;
}

/** Continues from the newest bundle of the folder if the home does not know it. */
static void follow_newest(const struct folder *folder, const char *area, struct backup_bundle *last)
{
    struct manifest *manifest = NULL;
    char *message = NULL;

    if (folder->newest == NULL ||
        (folder->newest_date == last->date && folder->newest_of_day == last->of_day))
        return;
    if (manifest_check(folder->newest, &manifest, &message) != 0)
        log_warn("bundle: %s is not counted: %s", folder->newest, message);
    else if (strcmp(manifest->area, area) == 0 &&
             (manifest->number > last->number || last->number == 0)) {
        last->number = manifest->number;
        memcpy(last->manifest, manifest->sha256, sizeof last->manifest);
    }
    manifest_free(&manifest);
    free(message);
}

static char *format_name(const struct folder *folder, uint32_t of_day)
{
    int year;
    int month;
    int day;
    char number[NUMBER_TEXT] = "";

    date_split(folder->date, &year, &month, &day);
    if (of_day > 1)
        snprintf(number, sizeof number, "-%u", (unsigned)of_day);
    return mem_printf("%s%04d%02d%02d%s" ENDING, folder->beginning, year, month, day, number);
}

enum result numbering_next(const struct backup_bundle *last, const char *directory,
                           const char *area, day_t date, struct numbering *ret_numbering)
{
    struct folder folder = {.beginning = mem_printf("doudi-%s-", area), .date = date};
    struct backup_bundle before = *last;
    enum result result = read_folder(&folder, directory);

    if (result == 0) {
        uint32_t of_day = folder.of_day;

        if (last->date == date && last->of_day > of_day)
            of_day = last->of_day;
        follow_newest(&folder, area, &before);
        *ret_numbering = (struct numbering){
            .next = {.number = before.number + 1, .date = date, .of_day = of_day + 1},
            .name = format_name(&folder, of_day + 1),
        };
        memcpy(ret_numbering->previous, before.manifest, sizeof ret_numbering->previous);
    }
    free(folder.beginning);
    free(folder.newest);
    return result;
}

void numbering_free(struct numbering *numbering)
{
    free(numbering->name);
    *numbering = (struct numbering){0};
}
