#include "db/format.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "db/files.h"
#include "db/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Few digits: enough to tell a wrong key, too little to help in guessing it. */
enum { CHECK_DIGITS = 8 };

static const char name[] = "FORMAT";

enum result key_load(const char *path, char ret_password[KEY_TEXT])
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return files_result(errno);
    bool read = fgets(ret_password, KEY_TEXT, file) != NULL;
    fclose(file);
    if (read)
        ret_password[strcspn(ret_password, "\r\n")] = '\0';
    return read && *ret_password != '\0' ? RESULT_OK : RESULT_NOINPUT;
}

/* " aes CHECK" for a key file, nothing without one. */
static enum result key_words(const char *key_file, struct str *words)
{
    static const char salt[] = "doudi key check ";
    char password[KEY_TEXT], text[DIGEST_TEXT];
    uint8_t sum[DIGEST_SIZE];
    if (key_file == NULL)
        return RESULT_OK;
    enum result result = key_load(key_file, password);
    if (result != 0)
        return result;
    struct digest *digest = digest_new();
    digest_add(digest, salt, sizeof salt);
    digest_add(digest, password, strlen(password));
    digest_end(&digest, sum);
    explicit_bzero(password, sizeof password);
    str_printf(words, " aes %.*s", CHECK_DIGITS, digest_format(sum, text));
    return RESULT_OK;
}

/* The first line, without its end. */
static enum result read_line(const char *directory, char *line, int size)
{
    char *path = paths_join(directory, name);
    FILE *file = fopen(path, "re");
    int error = errno;
    free(path);
    if (file == NULL)
        return files_result(error);
    bool read = fgets(line, size, file) != NULL;
    fclose(file);
    if (!read)
        return RESULT_CORRUPT;
    line[strcspn(line, "\n")] = '\0';
    return RESULT_OK;
}

enum result format_check(const char *directory, const char *key_file)
{
    char line[64];
    unsigned format = 0;
    int end = 0;
    struct str words = {0};
    enum result result = read_line(directory, line, sizeof line);
    if (result != 0)
        return result;
    if (sscanf(line, "doudi %u%n", &format, &end) != 1 || format == 0)
        return RESULT_CORRUPT;
    if (format > STORE_FORMAT)
        return RESULT_FORMAT;
    result = key_words(key_file, &words);
    if (result == 0 && strcmp(line + end, str_text(&words)) != 0)
        result = RESULT_DENIED;
    str_free(&words);
    return result;
}

enum result format_write(const char *directory, const char *key_file)
{
    struct str line = {0};
    str_printf(&line, "doudi %d", STORE_FORMAT);
    enum result result = key_words(key_file, &line);
    str_add(&line, "\n");
    if (result == 0)
        result = files_write(directory, name, str_text(&line));
    str_free(&line);
    return result;
}

enum result format_copy(const char *from, const char *to)
{
    enum result result = files_copy(from, to, name);
    return result != 0 ? result : files_sync_directory(to);
}
