#include "tui/kit/picture.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/kit/shorten.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct picture {
    int file; /* in memory; -1: curses writes to the terminal itself */
    int line; /* the terminal, while standard output is the file */
    int null;
    volatile sig_atomic_t cut;
    struct shorten shorten;
    struct str bytes, shorter;
};

static bool is_string(const char *name, const char *begin, const char *part)
{
    const char *bytes = tigetstr(name);

    return bytes != NULL && bytes != (const char *)-1 && text_starts(bytes, begin) &&
           strstr(bytes, part) != NULL;
}

struct picture *picture_new(int null)
{
    struct picture *picture = mem_new(sizeof *picture);

    picture->file = picture->line = -1;
    picture->null = null;
    picture->shorten.down = is_string("cud1", "\v", "");
    picture->shorten.across = is_string("hpa", "\033[%i%p1%d", "G");
    if (!is_string("cup", "\033[%i%p1%d;%p2%d", "H") || !is_string("cuf", "\033[%p1%d", "C") ||
        !is_string("el", "\033[K", "") || !is_string("sgr0", "\033[", "m"))
        return picture;
    picture->line = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    picture->file = picture->line < 0 ? -1 : memfd_create("doudi", MFD_CLOEXEC);
    return picture;
}

void picture_cut(struct picture *picture, int null)
{
    (void)dup2(null, STDOUT_FILENO); /* ends a write that the terminal never reads */
    if (picture != NULL)
        picture->cut = 1;
}

/** Takes what curses wrote out of the file. */
static void take_bytes(struct picture *picture)
{
    char part[4096];
    ssize_t got = 0;

    (void)lseek(picture->file, 0, SEEK_SET);
    while ((got = read(picture->file, part, sizeof part)) > 0)
        str_add_bytes(&picture->bytes, part, (size_t)got);
    (void)lseek(picture->file, 0, SEEK_SET);
    (void)!ftruncate(picture->file, 0);
}

static void send(const struct str *bytes)
{
    size_t done = 0;

    while (done < bytes->length) {
        ssize_t written = write(STDOUT_FILENO, bytes->text + done, bytes->length - done);
        if (written < 0 && errno != EINTR)
            return;
        done += written > 0 ? (size_t)written : 0;
    }
}

void picture_show(struct picture *picture)
{
    if (picture->file < 0 || dup2(picture->file, STDOUT_FILENO) < 0) {
        (void)doupdate();
        return;
    }
    (void)doupdate();
    (void)dup2(picture->line, STDOUT_FILENO);
    if (picture->cut != 0) /* by a signal just now */
        (void)dup2(picture->null, STDOUT_FILENO);
    take_bytes(picture);
    picture->shorten.columns = COLS;
    shorten_forget(&picture->shorten);
    shorten_update(&picture->shorten, str_text(&picture->bytes), picture->bytes.length,
                   &picture->shorter);
    send(&picture->shorter);
    str_clear(&picture->bytes);
    str_clear(&picture->shorter);
}

void picture_free(struct picture **picture)
{
    struct picture *old = *picture;

    *picture = NULL; /* before a signal finds it */
    if (old == NULL)
        return;
    if (old->file >= 0)
        (void)close(old->file);
    if (old->line >= 0)
        (void)close(old->line);
    str_free(&old->bytes);
    str_free(&old->shorter);
    free(old);
}
