#include "certs.h"

#include "base/str.h"

#include "unit.h"

#include <sys/wait.h>

int certs_shell(const char *format, ...)
{
    struct str command = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&command, format, args);
    va_end(args);
    int status = system(str_text(&command));
    str_free(&command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void certs_make(const char *folder, const char *name, const char *kind, const char *more)
{
    const char *curve = strcmp(kind, "ec") == 0 ? "-pkeyopt ec_paramgen_curve:P-256" : "";

    assert_int_equal(certs_shell("cd '%s' && openssl req -x509 -newkey %s %s -nodes -keyout %s.key "
                                 "-out %s.pem -days 300 -subj '/CN=%s' %s 2>req.log && "
                                 "cat %s.key %s.pem >%s.both",
                                 folder, kind, curve, name, name, name, more, name, name, name),
                     0);
}
