#include "db/format.h"

#include "base/digest.h"
#include "base/paths.h"
#include "base/random.h"
#include "base/str.h"
#include "base/text.h"
#include "db/files.h"
#include "db/store.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char name[] = "FORMAT", unverified[] = "unverified", collects[] = "collects";

/* Few digits: enough to detect a wrong key, too few to help in guessing it. */
enum secret_problem format_key_check(const char *key_file, char ret_check[FORMAT_CHECK_TEXT])
{
    static const char salt[] = "doudi key check ";
    char key[SECRET_TEXT], text[DIGEST_TEXT];
    uint8_t sum[DIGEST_SIZE];
    enum secret_problem problem = secret_load(key_file, key);
    if (problem != SECRET_FINE)
        return problem;
    struct digest *digest = digest_new();
    digest_add(digest, salt, sizeof salt);
    digest_add(digest, key, strlen(key));
    digest_end(&digest, sum);
    explicit_bzero(key, sizeof key);
    snprintf(ret_check, FORMAT_CHECK_TEXT, "%s", digest_format(sum, text));
    return SECRET_FINE;
}

enum result format_new_lineage(struct format *format)
{
    uint64_t number;
    enum result result = random_secret(&number, sizeof number);
    if (result == 0)
        snprintf(format->lineage, sizeof format->lineage, "%016" PRIx64, number);
    return result;
}

enum result format_make(const char *key_file, struct format *ret_format)
{
    struct format format = {.number = STORE_FORMAT};
    enum result result = format_new_lineage(&format);
    if (result == 0 && key_file != NULL)
        result = secret_result(format_key_check(key_file, format.check));
    if (result == 0)
        *ret_format = format;
    return result;
}

/* A line that this program does not know is from a newer one: skip it. */
static void read_rest(FILE *file, struct format *format)
{
    static const char files[] = "files ";
    char line[sizeof files + FORMAT_FILES_TEXT];
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        (void)sscanf(line, "lineage %16[0-9a-f]", format->lineage);
        (void)sscanf(line, "backup %" SCNd64, &format->backup);
        format->unverified = format->unverified || strcmp(line, unverified) == 0;
        format->collects = format->collects || strcmp(line, collects) == 0;
        if (text_starts(line, files))
            memcpy(format->files, line + strlen(files), strlen(line + strlen(files)) + 1);
    }
}

bool format_has_file(const struct format *format, const char *file)
{
    size_t length = strlen(file);
    for (const char *at = format->files; *at != '\0'; at += strcspn(at, " ") + 1)
        if (strncmp(at, file, length) == 0 && at[length] == ' ')
            return true;
    return false;
}

bool format_add_file(struct format *format, const char *file)
{
    size_t length = strlen(format->files), more = strlen(file) + 1;
    if (length + more >= sizeof format->files)
        return false;
    memcpy(format->files + length, file, more - 1);
    memcpy(format->files + length + more - 1, " ", sizeof " ");
    return true;
}

static enum result read_first(FILE *file, struct format *format)
{
    char line[64];
    int end = 0;
    if (fgets(line, sizeof line, file) == NULL)
        return RESULT_CORRUPT;
    line[strcspn(line, "\n")] = '\0';
    if (sscanf(line, "doudi %u%n", &format->number, &end) != 1 || format->number == 0)
        return RESULT_CORRUPT;
    if (format->number > STORE_FORMAT)
        return RESULT_FORMAT;
    if (line[end] == '\0')
        return RESULT_OK;
    int words = end;
    end = 0;
    bool read = sscanf(line + words, " aes %8[0-9a-f]%n", format->check, &end) == 1;
    return read && line[words + end] == '\0' ? RESULT_OK : RESULT_CORRUPT;
}

enum result format_read(const char *directory, struct format *ret_format)
{
    struct format format = {0};
    char *path = paths_join(directory, name);
    FILE *file = fopen(path, "re");
    int error = errno;
    free(path);
    if (file == NULL)
        return files_result(error);
    enum result result = read_first(file, &format);
    if (result == 0) {
        read_rest(file, &format);
        *ret_format = format;
    }
    fclose(file);
    return result;
}

enum result format_check(const char *directory, const char *key_file)
{
    struct format format;
    enum result result = format_read(directory, &format);
    return result != 0 ? result : secret_result(secret_match(directory, key_file));
}

enum result format_write(const char *directory, const struct format *format)
{
    struct str text = {0};
    str_printf(&text, "doudi %u", format->number);
    if (*format->check != '\0')
        str_printf(&text, " aes %s", format->check);
    str_add(&text, "\n");
    if (*format->lineage != '\0')
        str_printf(&text, "lineage %s\n", format->lineage);
    if (*format->files != '\0')
        str_printf(&text, "files %s\n", format->files);
    if (format->unverified)
        str_printf(&text, "%s\n", unverified);
    if (format->collects)
        str_printf(&text, "%s\n", collects);
    if (format->backup != 0)
        str_printf(&text, "backup %" PRId64 "\n", format->backup);
    enum result result = files_write(directory, name, str_text(&text));
    str_free(&text);
    return result;
}
