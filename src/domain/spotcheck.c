#include "domain/spotcheck.h"

#include "base/text.h"

#include <string.h>

size_t spotcheck_count(size_t people, unsigned share)
{
    return (people * share + SPOTCHECK_SHARE_MAX - 1) / SPOTCHECK_SHARE_MAX;
}

bool spotcheck_seed_valid(const char *seed)
{
    size_t length = text_length(seed);

    if (length == 0 || length > SPOTCHECK_SEED_MAX)
        return false;
    for (const char *at = seed; *at != '\0'; at++)
        if ((unsigned char)*at <= ' ' || *at == ',' || *at == 0x7f)
            return false;
    return true;
}

void spotcheck_sum(const char *seed, const char *case_no, uint8_t ret_sum[DIGEST_SIZE])
{
    struct digest *digest = digest_new();

    digest_add(digest, seed, strlen(seed));
    digest_add(digest, ",", 1);
    digest_add(digest, case_no, strlen(case_no));
    digest_end(&digest, ret_sum);
}

static const struct {
    const char *id, *label;
} FINDINGS[] = {
    [SPOTCHECK_UNCHECKED] = {"", ""},
    [SPOTCHECK_RIGHT] = {"right", "属实"},
    [SPOTCHECK_WRONG] = {"wrong", "不属实"},
    [SPOTCHECK_NOT_MET] = {"not_met", "未见到"},
};

_Static_assert(sizeof FINDINGS / sizeof FINDINGS[0] == SPOTCHECK_COUNT_, "a row per finding");

const char *spotcheck_finding_id(enum spotcheck_finding finding)
{
    return finding < SPOTCHECK_COUNT_ ? FINDINGS[finding].id : "";
}

const char *spotcheck_finding_label(enum spotcheck_finding finding)
{
    return finding < SPOTCHECK_COUNT_ ? FINDINGS[finding].label : "";
}

enum spotcheck_finding spotcheck_finding_parse(const char *text)
{
    enum spotcheck_finding finding = SPOTCHECK_UNCHECKED;

    while (finding < SPOTCHECK_COUNT_ && strcmp(FINDINGS[finding].id, text) != 0 &&
           strcmp(FINDINGS[finding].label, text) != 0)
        finding++;
    return finding;
}
