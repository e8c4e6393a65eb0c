#include "base/version.h"

#include "config.h"

#include "base/commit.h"

const char *version_text(void)
{
    return sizeof COMMIT > 1 ? PACKAGE_STRING " (" COMMIT ")" : PACKAGE_STRING;
}
