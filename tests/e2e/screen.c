#include "screen.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>
#include <wchar.h>

enum { STEP_LIMIT_MS = 20000, ROWS_MAX = 100, LINE_MAX_BYTES = 2048 };

struct screen {
    VTerm *terminal;
    VTermScreen *cells;
    int master;
    iconv_t shown, typed; /**< from and to the terminal's encoding, for the emulator's UTF-8 */
    locale_t wide,
        narrow;    /**< of widths: the terminal's and the emulator's; 0 = they are the same */
    char begun[8]; /**< bytes of a character that is not yet whole */
    size_t begun_length;
    pid_t pid;
    bool ended;
    int status;
    unsigned long sent;    /**< events sent so far */
    unsigned long handled; /**< the program's last mark */
    bool marked;           /**< a mark has come */
    bool whole;            /**< the last byte ended a mark: what is shown is no half of an answer */
    size_t bytes;
    char raw[8192];         /**< the bytes since screen_bytes(), as many as have room */
    unsigned long requests; /**< of the last mark */
    unsigned long marks;    /**< that have come */
    char mark[48];          /**< the part of a mark read so far, "" outside one */
    size_t mark_length;
    char lines[ROWS_MAX][LINE_MAX_BYTES];
};

static const char MARK[] = "\033]777;";

// ---- reading

/** True for a character that this terminal shows over two cells and the emulator over one. */
static bool is_wider(const struct screen *screen, const char *text)
{
    locale_t before;
    wchar_t code = 0;
    bool wider = false;

    if (screen->wide == (locale_t)0)
        return false;
    before = uselocale(screen->narrow);
    if (mbtowc(&code, text, strlen(text)) > 0 && wcwidth(code) == 1) {
        (void)uselocale(screen->wide);
        wider = wcwidth(code) == 2;
    }
    (void)uselocale(before);
    return wider;
}

static void show_byte(struct screen *screen, char byte)
{
    char text[9];
    char *in = screen->begun;
    char *out = text;
    size_t left = 0;
    size_t room = sizeof text - 1;

    screen->whole = false;
    if (screen->bytes + 1 < sizeof screen->raw)
        screen->raw[screen->bytes] = byte;
    screen->bytes++;
    screen->begun[screen->begun_length++] = byte;
    left = screen->begun_length;
    if (iconv(screen->shown, &in, &left, &out, &room) == (size_t)-1 && errno == EINVAL &&
        screen->begun_length < sizeof screen->begun)
        return; /* more of it will come */
    vterm_input_write(screen->terminal, text, (size_t)(out - text));
    *out = '\0';
    if (is_wider(screen, text)) /* its second half */
        vterm_input_write(screen->terminal, " ", 1);
    screen->begun_length = 0;
}

/** Sends what is not part of a mark to the terminal emulator. */
static void take_byte(struct screen *screen, char byte)
{
    size_t prefix = sizeof MARK - 1;
    char *rest = NULL;

    if (screen->mark_length < prefix) {
        if (byte == MARK[screen->mark_length]) {
            screen->mark[screen->mark_length++] = byte;
            return;
        }
        for (size_t i = 0; i < screen->mark_length; i++)
            show_byte(screen, screen->mark[i]);
        screen->mark_length = 0;
        if (byte == MARK[0]) {
            screen->mark[screen->mark_length++] = byte;
            return;
        }
        show_byte(screen, byte);
        return;
    }
    if (byte == '\a') {
        screen->mark[screen->mark_length] = '\0';
        screen->handled = strtoul(screen->mark + prefix, &rest, 10);
        screen->requests = *rest == ';' ? strtoul(rest + 1, NULL, 10) : 0;
        screen->marks++;
        screen->marked = true;
        screen->whole = true;
        screen->mark_length = 0;
    } else if (screen->mark_length + 1 < sizeof screen->mark) {
        screen->mark[screen->mark_length++] = byte;
    }
}

/** Reads what is there, waiting up to `milliseconds`; false when the line is closed. */
static bool read_some(struct screen *screen, int milliseconds)
{
    struct pollfd ready = {.fd = screen->master, .events = POLLIN};
    char buffer[4096];
    ssize_t got = 0;

    if (poll(&ready, 1, milliseconds) <= 0)
        return true;
    got = read(screen->master, buffer, sizeof buffer);
    if (got <= 0)
        return got < 0 && (errno == EINTR || errno == EAGAIN);
    for (ssize_t i = 0; i < got; i++)
        take_byte(screen, buffer[i]);
    return true;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** Reads until the events sent have been handled. */
static void wait_mark(struct screen *screen)
{
    int64_t limit = now_ms() + STEP_LIMIT_MS;

    while (!screen->marked || screen->handled < screen->sent) {
        if (!read_some(screen, 200))
            break;
        if (now_ms() > limit) {
            screen_print(screen);
            fail_msg("no mark: sent %lu, handled %lu", screen->sent, screen->handled);
        }
    }
}

// ---- starting and ending

static void run_program(const struct screen_options *options)
{
    setenv("TERM", options->term != NULL ? options->term : "xterm-256color", 1);
    setenv("LC_ALL", options->locale != NULL ? options->locale : "C.UTF-8", 1);
    setenv("DOUDI_TUI_MARK", "1", 1);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    for (size_t i = 0; options->environment != NULL && options->environment[i] != NULL; i++)
        putenv((char *)(uintptr_t)options->environment[i]);
    execv(options->arguments[0], (char *const *)(uintptr_t)options->arguments);
    _exit(127);
}

/* What the C library never gives back of a path of locales. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:argz_add_sep";
}

/** The widths of the program's locale, where it is not the emulator's. */
static void take_widths(struct screen *screen, const struct screen_options *options)
{
    static const char path[] = "LOCPATH=";

    for (size_t i = 0; options->environment != NULL && options->environment[i] != NULL; i++)
        if (strncmp(options->environment[i], path, strlen(path)) == 0)
            setenv("LOCPATH", options->environment[i] + strlen(path), 1);
    screen->wide = newlocale(LC_CTYPE_MASK, options->locale, (locale_t)0);
    unsetenv("LOCPATH");
    screen->narrow = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    assert_true(screen->narrow != (locale_t)0);
}

struct screen *screen_start(const struct screen_options *options)
{
    struct screen *screen = calloc(1, sizeof *screen);
    struct winsize size = {
        .ws_row = (unsigned short)(options->rows > 0 ? options->rows : 24),
        .ws_col = (unsigned short)(options->columns > 0 ? options->columns : 80),
    };

    const char *encoding = options->encoding != NULL ? options->encoding : "UTF-8";

    assert_non_null(screen);
    screen->shown = iconv_open("UTF-8", encoding);
    screen->typed = iconv_open(encoding, "UTF-8");
    assert_true(screen->shown != (iconv_t)-1 && screen->typed != (iconv_t)-1);
    if (options->encoding != NULL && options->locale != NULL)
        take_widths(screen, options);
    screen->terminal = vterm_new(size.ws_row, size.ws_col);
    vterm_set_utf8(screen->terminal, 1);
    screen->cells = vterm_obtain_screen(screen->terminal);
    vterm_screen_enable_altscreen(screen->cells, 1);
    vterm_screen_reset(screen->cells, 1);
    screen->pid = forkpty(&screen->master, NULL, NULL, &size);
    assert_true(screen->pid >= 0);
    if (screen->pid == 0)
        run_program(options);
    fcntl(screen->master, F_SETFD, FD_CLOEXEC);
    wait_mark(screen);
    return screen;
}

int screen_wait(struct screen *screen)
{
    int64_t limit = now_ms() + STEP_LIMIT_MS;
    int status = 0;

    while (!screen->ended && now_ms() < limit) {
        if (waitpid(screen->pid, &status, WNOHANG) == screen->pid) {
            screen->ended = true;
            screen->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        } else if (screen->master < 0 || !read_some(screen, 20)) {
            usleep(2000);
        }
    }
    if (!screen->ended) {
        screen_print(screen);
        fail_msg("the program did not end");
    }
    return screen->status;
}

int screen_hang_up(struct screen *screen)
{
    close(screen->master);
    screen->master = -1;
    return screen_wait(screen);
}

void screen_go_to(struct screen *screen, const char *text, int below)
{
    for (int i = 0; i < 120; i++) {
        int row = screen_find(screen, "▸");

        if (row - below >= 0 && strstr(screen_row(screen, row - below), text) != NULL)
            return;
        screen_press(screen, "Down");
    }
    screen_print(screen);
    fail_msg("never reached: %s", text);
}

void screen_leave(struct screen **screen)
{
    screen_press(*screen, "F10 Enter");
    assert_int_equal(screen_wait(*screen), 0);
    screen_free(screen);
}

void screen_free(struct screen **screen)
{
    if (*screen == NULL)
        return;
    if (!(*screen)->ended) {
        kill((*screen)->pid, SIGKILL);
        waitpid((*screen)->pid, NULL, 0);
    }
    if ((*screen)->master >= 0)
        close((*screen)->master);
    vterm_free((*screen)->terminal);
    iconv_close((*screen)->shown);
    iconv_close((*screen)->typed);
    if ((*screen)->wide != (locale_t)0)
        freelocale((*screen)->wide);
    if ((*screen)->narrow != (locale_t)0)
        freelocale((*screen)->narrow);
    free(*screen);
    *screen = NULL;
}

int screen_pid(const struct screen *screen)
{
    return screen->pid;
}

// ---- keys

static const struct {
    const char *name;
    const char *bytes;
} KEYS[] = {
    {"Up", "\033OA"},      {"Down", "\033OB"},    {"Right", "\033OC"},   {"Left", "\033OD"},
    {"Home", "\033OH"},    {"End", "\033OF"},     {"PgUp", "\033[5~"},   {"PgDn", "\033[6~"},
    {"Insert", "\033[2~"}, {"Delete", "\033[3~"}, {"Tab", "\t"},         {"BackTab", "\033[Z"},
    {"Enter", "\r"},       {"Esc", "\033"},       {"Backspace", "\177"}, {"Space", " "},
    {"F1", "\033OP"},      {"F2", "\033OQ"},      {"F3", "\033OR"},      {"F4", "\033OS"},
    {"F5", "\033[15~"},    {"F6", "\033[17~"},    {"F7", "\033[18~"},    {"F8", "\033[19~"},
    {"F9", "\033[20~"},    {"F10", "\033[21~"},   {"F11", "\033[23~"},   {"F12", "\033[24~"},
};

void screen_send(struct screen *screen, const char *bytes, size_t length)
{
    assert_int_equal(write(screen->master, bytes, length), (ssize_t)length);
}

static void press_one(struct screen *screen, const char *name, size_t length)
{
    char control = 0;

    screen->sent++;
    for (size_t i = 0; i < COUNT(KEYS); i++) {
        if (strlen(KEYS[i].name) == length && memcmp(KEYS[i].name, name, length) == 0) {
            screen_send(screen, KEYS[i].bytes, strlen(KEYS[i].bytes));
            wait_mark(screen);
            return;
        }
    }
    if (length == 5 && memcmp(name, "Esc+", 4) == 0) {
        char pair[] = {'\033', name[4]};
        screen_send(screen, pair, sizeof pair);
    } else if (length == 2 && name[0] == '^') {
        control = (char)(name[1] & 0x1f);
        screen_send(screen, &control, 1);
    } else {
        assert_int_equal(length, 1);
        screen_send(screen, name, 1);
    }
    wait_mark(screen);
}

void screen_press(struct screen *screen, const char *keys)
{
    while (*keys != '\0') {
        size_t length = strcspn(keys, " ");
        if (length > 0)
            press_one(screen, keys, length);
        keys += length;
        keys += strspn(keys, " ");
    }
}

void screen_type(struct screen *screen, const char *text)
{
    char bytes[8192];
    char *in = (char *)(uintptr_t)text;
    char *out = bytes;
    size_t left = strlen(text);
    size_t room = sizeof bytes;

    for (const char *at = text; *at != '\0'; at++)
        if ((*at & 0xc0) != 0x80)
            screen->sent++;
    assert_true(iconv(screen->typed, &in, &left, &out, &room) != (size_t)-1);
    screen_send(screen, bytes, sizeof bytes - room);
    wait_mark(screen);
}

void screen_paste(struct screen *screen, const char *text)
{
    screen_send(screen, "\033[200~", 6);
    screen_type(screen, text);
    screen_send(screen, "\033[201~", 6);
}

void screen_resize(struct screen *screen, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    vterm_set_size(screen->terminal, rows, columns);
    screen->sent++;
    ioctl(screen->master, TIOCSWINSZ, &size);
    wait_mark(screen);
}

void screen_settle(struct screen *screen)
{
    screen->sent = screen->handled + 1;
    wait_mark(screen);
}

// ---- looking

static size_t put_code(char *buffer, uint32_t code)
{
    if (code < 0x80) {
        buffer[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        buffer[0] = (char)(0xc0 | code >> 6);
        buffer[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        buffer[0] = (char)(0xe0 | code >> 12);
        buffer[1] = (char)(0x80 | (code >> 6 & 0x3f));
        buffer[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    buffer[0] = (char)(0xf0 | code >> 18);
    buffer[1] = (char)(0x80 | (code >> 12 & 0x3f));
    buffer[2] = (char)(0x80 | (code >> 6 & 0x3f));
    buffer[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

static void put_colour(struct screen *screen, VTermColor colour, unsigned char rgb[3])
{
    /* The colours from 16 to 231 as xterm shows them; the emulator has darker ones. */
    static const unsigned char levels[] = {0, 95, 135, 175, 215, 255};
    int place = VTERM_COLOR_IS_INDEXED(&colour) ? colour.indexed.idx - 16 : -1;

    vterm_screen_convert_color_to_rgb(screen->cells, &colour);
    rgb[0] = colour.rgb.red;
    rgb[1] = colour.rgb.green;
    rgb[2] = colour.rgb.blue;
    for (int i = 2; place >= 0 && place < 216 && i >= 0; i--, place /= 6)
        rgb[i] = levels[place % 6];
}

struct screen_cell screen_cell(struct screen *screen, int row, int column)
{
    struct screen_cell cell = {.width = 1};
    VTermScreenCell raw = {0};
    size_t length = 0;

    vterm_screen_get_cell(screen->cells, (VTermPos){.row = row, .col = column}, &raw);
    cell.width = raw.width;
    cell.bold = raw.attrs.bold != 0;
    cell.reverse = raw.attrs.reverse != 0;
    put_colour(screen, raw.fg, cell.front);
    put_colour(screen, raw.bg, cell.back);
    if (raw.chars[0] == (uint32_t)-1) {
        cell.width = 0;
        return cell;
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && raw.chars[i] != 0; i++)
        length += put_code(cell.text + length, raw.chars[i]);
    if (length == 0)
        cell.text[0] = ' ';
    return cell;
}

const char *screen_row(struct screen *screen, int row)
{
    char *line = screen->lines[row];
    size_t length = 0;
    int rows = 0;
    int columns = 0;

    vterm_get_size(screen->terminal, &rows, &columns);
    for (int column = 0; column < columns; column++) {
        struct screen_cell cell = screen_cell(screen, row, column);
        size_t bytes = strlen(cell.text);
        memcpy(line + length, cell.text, bytes);
        length += bytes;
    }
    while (length > 0 && line[length - 1] == ' ')
        length--;
    line[length] = '\0';
    return line;
}

int screen_find(struct screen *screen, const char *text)
{
    int rows = 0;
    int columns = 0;

    vterm_get_size(screen->terminal, &rows, &columns);
    for (int row = 0; row < rows; row++)
        if (strstr(screen_row(screen, row), text) != NULL)
            return row;
    return -1;
}

void screen_print(struct screen *screen)
{
    int rows = 0;
    int columns = 0;

    vterm_get_size(screen->terminal, &rows, &columns);
    for (int row = 0; row < rows; row++)
        fprintf(stderr, "%2d|%s\n", row, screen_row(screen, row));
}

void screen_expect(struct screen *screen, const char *text)
{
    if (screen_find(screen, text) < 0) {
        screen_print(screen);
        fail_msg("not on the screen: %s", text);
    }
}

void screen_expect_not(struct screen *screen, const char *text)
{
    if (screen_find(screen, text) >= 0) {
        screen_print(screen);
        fail_msg("on the screen: %s", text);
    }
}

void screen_await(struct screen *screen, const char *text)
{
    int64_t limit = now_ms() + STEP_LIMIT_MS;

    while ((screen_find(screen, text) < 0 || !screen->whole) && now_ms() < limit) {
        size_t before = screen->bytes;

        /* A program at work prints no mark; it says how far it is each second. */
        if (!read_some(screen, 400) || (screen->bytes == before && screen_find(screen, text) >= 0))
            break;
    }
    screen_expect(screen, text);
}

void screen_expect_whole(struct screen *screen)
{
    int rows = 0;
    int columns = 0;

    vterm_get_size(screen->terminal, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            struct screen_cell cell = screen_cell(screen, row, column);
            bool half = cell.width == 2 &&
                        (column + 1 == columns || screen_cell(screen, row, column + 1).width != 0);
            bool orphan =
                cell.width == 0 && (column == 0 || screen_cell(screen, row, column - 1).width != 2);
            if (half || orphan) {
                screen_print(screen);
                fail_msg("cut character in row %d, column %d", row, column);
            }
        }
    }
}

void screen_cursor(struct screen *screen, int *ret_row, int *ret_column)
{
    VTermPos position = {0};

    vterm_state_get_cursorpos(vterm_obtain_state(screen->terminal), &position);
    *ret_row = position.row;
    *ret_column = position.col;
}

const char *screen_raw(struct screen *screen)
{
    size_t most = sizeof screen->raw - 1;

    screen->raw[screen->bytes < most ? screen->bytes : most] = '\0';
    return screen->raw;
}

size_t screen_bytes(struct screen *screen)
{
    size_t bytes = screen->bytes;

    screen->bytes = 0;
    return bytes;
}

unsigned long screen_requests(const struct screen *screen)
{
    return screen->requests;
}

unsigned long screen_marks(const struct screen *screen)
{
    return screen->marks;
}

void screen_expect_events(struct screen *screen, unsigned long events)
{
    screen->sent += events;
    wait_mark(screen);
}
