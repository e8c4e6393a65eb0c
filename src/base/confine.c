#include "base/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Debian 12's headers do not name the third version's right. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

enum { ABI_REFER = 2, ABI_TRUNCATE = 3 };

/* glibc has no functions for the three calls. */

static long version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

/** Every right that this kernel knows to take away, of those that the headers name. */
static uint64_t all_rights(long abi)
{
    uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; /* the first version's */

    if (abi >= ABI_REFER)
        rights |= LANDLOCK_ACCESS_FS_REFER;
    if (abi >= ABI_TRUNCATE)
        rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
    return rights;
}

static uint64_t rights_of(enum confine_right right)
{
    static const uint64_t table[] = {
        [CONFINE_READ] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        [CONFINE_RUN] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE,
        [CONFINE_USE] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
        [CONFINE_KEEP] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                         LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE |
                         LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE,
    };

    return table[right];
}

static void add_rule(int rules, const struct confine_rule *rule, uint64_t known)
{
    struct landlock_path_beneath_attr attribute = {
        .allowed_access = rights_of(rule->right) & known,
        .parent_fd = rule->path != NULL ? open(rule->path, O_PATH | O_CLOEXEC) : -1,
    };

    if (attribute.parent_fd < 0)
        return;
    (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &attribute, 0);
    (void)close(attribute.parent_fd);
}

bool confine_files(const struct confine_rule *rules, size_t count)
{
    long abi = version();
    struct landlock_ruleset_attr attribute = {.handled_access_fs = abi > 0 ? all_rights(abi) : 0};
    int fd = -1;
    bool confined = false;

    if (abi > 0)
        fd = (int)syscall(SYS_landlock_create_ruleset, &attribute, sizeof attribute, 0);
    if (fd < 0)
        return false;
    for (size_t i = 0; i < count; i++)
        add_rule(fd, &rules[i], attribute.handled_access_fs);
    confined = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    (void)close(fd);
    return confined;
}
