/*
 * crypt(3) for the fuzz targets: a password costs tens of milliseconds by design, and it is the
 * handlers that are tried here. The hash is the method and the password itself.
 */
#include <crypt.h>
#include <stdio.h>

char *crypt_r(const char *phrase, const char *setting, struct crypt_data *data)
{
    if (snprintf(data->output, sizeof data->output, "%.7s%.*s", setting,
                 (int)sizeof data->output - 40, phrase) < 0)
        return NULL;
    return data->output;
}
