#include "service/keeping/homekey.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "db/files.h"
#include "db/format.h"
#include "db/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char FILE_NAME[] = "key-file", CREDENTIAL[] = "doudi.key";

enum { PATH_TEXT = 4096 };

/** Says what to do about a problem with a key. */
static char *key_words(enum secret_problem problem, const char *path, const char *directory)
{
    switch (problem) {
    case SECRET_NEEDED:
        return mem_printf("%s 是加密的，请用 --key-file 或环境变量 DOUDI_KEY_FILE 指出密钥文件",
                          directory);
    case SECRET_NOT_NEEDED:
        return mem_printf("%s 没有加密，不要带密钥文件；要给它加密请用 doudi rekey", directory);
    case SECRET_MISSING:
        return mem_printf("找不到密钥文件 %s，请把它放回原处，或用 --key-file 指出它在哪里", path);
    case SECRET_UNREADABLE:
        return mem_printf("读不了密钥文件 %s，它应属于运行服务的账号、权限 0400", path);
    case SECRET_EXPOSED:
        return mem_printf("密钥文件 %s 别人也能读写，或属于别的账号，不能用；"
                          "请改为属于运行服务的账号、权限 0400",
                          path);
    case SECRET_SHORT:
        return mem_printf("密钥文件 %s 不能用：第一行应有 %d 至 %d 个字符，可用 "
                          "openssl rand -base64 33 生成",
                          path, SECRET_LEAST, SECRET_TEXT - 2);
    case SECRET_WRONG:
        return mem_printf("密钥文件 %s 不是 %s 的密钥，请用加密它时的那一个", path, directory);
    case SECRET_FINE:
    case SECRET_PROBLEM_COUNT_:
        break;
    }
    return NULL;
}

/** The first path in HOME/key-file whose key fits, or else the first path. New string, NULL without
 *  the file. */
static char *remembered(const char *home, const char *directory)
{
    char *path = paths_join(home, FILE_NAME);
    FILE *file = fopen(path, "re");
    char line[PATH_TEXT];
    char *found = NULL;
    bool fits = false;

    while (file != NULL && !fits && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        fits = secret_match(directory, line) == SECRET_FINE;
        if (fits || found == NULL)
            mem_replace(&found, line);
    }
    if (file != NULL)
        fclose(file);
    free(path);
    return found;
}

/** The first place that names a key is used. New string, NULL if none does. */
static char *find_path(const char *home, const char *directory, const char *option)
{
    const char *variable = getenv("DOUDI_KEY_FILE"), *folder = getenv("CREDENTIALS_DIRECTORY");

    if (option != NULL)
        return paths_absolute(option);
    if (variable != NULL && *variable != '\0')
        return mem_copy(variable);
    if (folder != NULL && *folder == '/') {
        char *path = paths_join(folder, CREDENTIAL);
        if (access(path, F_OK) == 0)
            return path;
        free(path);
    }
    return remembered(home, directory);
}

static enum result judge(enum secret_problem problem, char *path, const char *directory,
                         char **ret_path, char **ret_message)
{
    if (problem == SECRET_FINE) {
        *ret_path = path;
        return RESULT_OK;
    }
    *ret_message = key_words(problem, path, directory);
    free(path);
    return secret_result(problem);
}

enum result homekey_find(const char *home, const char *directory, const char *option,
                         char **ret_path, char **ret_message)
{
    struct format format;
    bool encrypted = format_read(directory, &format) == 0 && *format.check != '\0';
    /* One environment may serve many homes: ignore its key for a home that is not encrypted. */
    char *path = encrypted || option != NULL ? find_path(home, directory, option) : NULL;

    if (path != NULL && *path != '/') {
        *ret_message = mem_printf("DOUDI_KEY_FILE 应是完整路径（以 / 开头），现在是 %s", path);
        free(path);
        return RESULT_USAGE;
    }
    return judge(secret_match(directory, path), path, directory, ret_path, ret_message);
}

enum result homekey_take(const char *option, char **ret_path, char **ret_message)
{
    char *path = paths_absolute(option);

    return judge(secret_check(path), path, "", ret_path, ret_message);
}

bool homekey_is(const char *directory, const char *path)
{
    return secret_match(directory, path) == SECRET_FINE;
}

enum result homekey_remember(const char *home, const char *path, const char *before)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    struct str text = {0};
    enum result result;

    if (folder != NULL && *folder == '/' && text_starts(path, folder))
        return files_remove(home, FILE_NAME);
    str_printf(&text, "%s\n", path);
    if (before != NULL)
        str_printf(&text, "%s\n", before);
    result = files_write(home, FILE_NAME, str_text(&text));
    str_free(&text);
    return result;
}
