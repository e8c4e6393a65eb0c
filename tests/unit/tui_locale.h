/**
 * Locales for tests of the screens: C.UTF-8, and zh_CN.GB18030 made in a temporary folder.
 */
#ifndef DOUDI_TESTS_TUI_LOCALE_H
#define DOUDI_TESTS_TUI_LOCALE_H

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/** False where the system has no localedef or no sources for it. */
static inline bool use_gb18030(void)
{
    static char folder[] = "/tmp/doudi-locale-XXXXXX";
    char command[256];
    bool made;

    if (setlocale(LC_CTYPE, "zh_CN.GB18030") != NULL)
        return true;
    if (mkdtemp(folder) == NULL)
        return false;
    (void)snprintf(command, sizeof command,
                   "localedef -c -i zh_CN -f GB18030 %s/zh_CN.GB18030 >%s/log 2>&1", folder,
                   folder);
    (void)!system(command); /* its exit status is 1 for warnings, too */
    (void)setenv("LOCPATH", folder, 1);
    made = setlocale(LC_CTYPE, "zh_CN.GB18030") != NULL;
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    (void)!system(command);
    return made;
}

static inline bool use_utf8(void)
{
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

#endif
