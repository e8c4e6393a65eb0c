/* doudi-sheet: reads a workbook for doudi in a separate process (exchange/workbook.h). */
#include "base/mem.h"
#include "exchange/workbook.h"
#include "exchange/xlsx.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

/** A file that unpacks to too much ends this program, not the machine. */
static void set_limits(void)
{
    static const struct {
        __rlimit_resource_t what;
        rlim_t most;
    } limits[] = {{RLIMIT_AS, (rlim_t)3 << 30}, {RLIMIT_CPU, 120}, {RLIMIT_CORE, 0}};

    for (size_t i = SANITIZED; i < sizeof limits / sizeof limits[0]; i++)
        (void)setrlimit(limits[i].what,
                        &(struct rlimit){.rlim_cur = limits[i].most, .rlim_max = limits[i].most});
}

static int write_all(const struct str *bytes)
{
    for (size_t done = 0; done < bytes->length;) {
        ssize_t wrote = write(STDOUT_FILENO, bytes->text + done, bytes->length - done);
        if (wrote > 0)
            done += (size_t)wrote;
        else if (errno != EINTR)
            return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct workbook book = {0};
    struct str bytes = {0};
    char *message = NULL;

    if (argc != 3 || isatty(STDOUT_FILENO) != 0)
        return result_exit(RESULT_USAGE);
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    set_limits();
    (void)xlsx_read(argv[1], argv[2], &book, &message);
    workbook_write(&book, message, &bytes);
    int failed = write_all(&bytes);
    str_free(&bytes);
    workbook_free(&book);
    free(message);
    return failed;
}
