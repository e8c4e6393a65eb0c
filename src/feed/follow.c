#include "feed/follow.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** Why the bundle does not follow on the last one; NULL if it does. New string. */
static char *find_break(const struct follow_known *known, const struct manifest *manifest)
{
    if (manifest->number > known->number + 2)
        return mem_printf("中间缺第 %" PRIu64 " 至第 %" PRIu64 " 包", known->number + 1,
                          manifest->number - 1);
    if (manifest->number > known->number + 1)
        return mem_printf("中间缺第 %" PRIu64 " 包", known->number + 1);
    if (strcmp(manifest->previous, known->manifest) != 0)
        return mem_printf("它接的不是已收的第 %" PRIu64 " 包", known->number);
    return NULL;
}

static enum follow_verdict judge_next(const struct follow_known *known,
                                      const struct manifest *manifest, bool after_gap,
                                      char **ret_message)
{
    char *gap = find_break(known, manifest);

    if (gap == NULL || (after_gap && !manifest->delta)) {
        free(gap);
        return FOLLOW_TAKE;
    }
    *ret_message =
        mem_printf("%s，请先补上；确实找不回来的，加 --after-gap 从下一个全量包接着收", gap);
    free(gap);
    return FOLLOW_REFUSE;
}

static enum follow_verdict judge_older(const struct follow_known *known,
                                       const struct manifest *manifest, char **ret_message)
{
    *ret_message = mem_printf("比已收的旧：已收到第 %" PRIu64 " 包，这是第 %" PRIu64 " 包",
                              known->number, manifest->number);
    return FOLLOW_OLDER;
}

enum follow_verdict follow_judge(const struct follow_known *known, const struct manifest *manifest,
                                 bool after_gap, char **ret_message)
{
    if (manifest->area[0] == '\0')
        *ret_message = mem_copy("没有写是哪个区划的");
    else if (manifest->number == 0)
        *ret_message = mem_copy("是旧格式的包，没有编号，请用现在的版本重新导出");
    else if (known->overlap[0] != '\0')
        *ret_message = mem_printf("库里已有 %s 的数据，两者有一个在另一个里面，"
                                  "都收会把同一个人算两次，只能收其中一级",
                                  known->overlap);
    else if (known->same[0] != '\0' && strcmp(known->same, manifest->sha256) == 0)
        return FOLLOW_KNOWN;
    else if (known->same[0] != '\0')
        *ret_message =
            mem_printf("第 %" PRIu64 " 包已收过，内容与这一个不同，请核对是不是同一个单位的",
                       manifest->number);
    else if (manifest->number <= known->number)
        return judge_older(known, manifest, ret_message);
    else if (known->number == 0 && manifest->delta)
        *ret_message = mem_copy("是变动包，这个单位还没有收过全量包，请先收它接着的全量包");
    else
        return known->number == 0 ? FOLLOW_TAKE
                                  : judge_next(known, manifest, after_gap, ret_message);
    return FOLLOW_REFUSE;
}
