/**
 * Locales for tests of the screens: C.UTF-8, and zh_CN.GB18030 as `make` has built it.
 */
#ifndef DOUDI_TESTS_TUI_LOCALE_H
#define DOUDI_TESTS_TUI_LOCALE_H

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/** False where neither the system has the locale nor `make` could build it. */
static inline bool use_gb18030(void)
{
    const char *build = getenv("builddir");
    char folder[4096];

    if (setlocale(LC_CTYPE, "zh_CN.GB18030") != NULL)
        return true;
    (void)snprintf(folder, sizeof folder, "%s/tests/locale", build != NULL ? build : ".");
    (void)setenv("LOCPATH", folder, 1);
    return setlocale(LC_CTYPE, "zh_CN.GB18030") != NULL;
}

static inline bool use_utf8(void)
{
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

#endif
