#include "tui/kit/term.h"

#include "base/encoding.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/kit/keys.h"
#include "tui/kit/picture.h"
#include "tui/kit/terminfo_trim.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum {
    QUEUE = 64,
    ESCAPE_DELAY = 25,         /* milliseconds */
    ESCAPE_DELAY_REMOTE = 100, /* over a network the bytes of a key arrive apart */
    LAST_WORDS = 200,          /* milliseconds a terminal may block after SIGTERM */
    PASTE_BEGIN = KEY_MAX + 1, /* key codes of our own for the terminal's brackets */
    PASTE_END,
    PASTED = 1 << 30, /* in the queue: this key came between them */
    MOUSE = 1 << 29,  /* … it is the mouse: button or wheel, line and column */
    MOUSE_UP = 1 << 28,
    MOUSE_DOWN = 1 << 27,
    MOUSE_CELLS = 1 << 12, /* lines and columns at most */
    WHEEL_LINES = 3
};

struct term {
    WINDOW *input; /* a pad: reading from it never repaints the screen */
    struct key_decoder decoder;
    int queue[QUEUE]; /* keys decoded but not yet handed out */
    size_t queued;
    bool pasting; /* between the brackets of a paste */
    bool mark;
    unsigned long handled; /* keys and resizes handed out */
    unsigned long asked;   /* term_note() */
    struct term_look look;
    bool ended;
    bool resized; /* while work lasted; not told yet */
};

/* What the signal handlers need; there is one terminal per process. */
static struct {
    int pipe[2];
    int null;
    timer_t timer;
    bool armed;
    struct picture *picture;
} on_signal = {.pipe = {-1, -1}, .null = -1};

static void handle_signal(int number)
{
    int saved = errno;
    char byte = (char)number;

    if (number == SIGALRM || number == SIGHUP) {
        picture_cut(on_signal.picture, on_signal.null);
    } else if (number == SIGTERM || number == SIGINT) {
        struct itimerspec soon = {.it_value = {.tv_nsec = LAST_WORDS * 1000000L}};
        (void)timer_settime(on_signal.timer, 0, &soon, NULL);
    }
    if (number != SIGALRM)
        (void)!write(on_signal.pipe[1], &byte, 1);
    errno = saved;
}

static enum result catch_signals(void)
{
    static const int caught[] = {SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGALRM};
    struct sigaction action = {.sa_handler = handle_signal, .sa_flags = SA_RESTART};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};

    if (pipe2(on_signal.pipe, O_CLOEXEC | O_NONBLOCK) != 0 ||
        (on_signal.null = open("/dev/null", O_WRONLY | O_CLOEXEC)) < 0 ||
        timer_create(CLOCK_MONOTONIC, &event, &on_signal.timer) != 0)
        return RESULT_IO;
    on_signal.armed = true;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        (void)sigaction(caught[i], &action, NULL);
    action.sa_handler = SIG_IGN;
    (void)sigaction(SIGPIPE, &action, NULL);
    return RESULT_OK;
}

static void release_signals(void)
{
    if (on_signal.armed) {
        (void)timer_delete(on_signal.timer);
        on_signal.armed = false;
    }
}

/** True if terminfo has the string for this terminal. */
static bool has_string(const char *name)
{
    const char *bytes = tigetstr(name);

    return bytes != NULL && bytes != (const char *)-1 && bytes[0] != '\0';
}

/** Defines both forms of the cursor keys, whatever terminfo says, and Esc with a digit for
 *  F-keys. */
static void define_keys(void)
{
    static const struct {
        const char *bytes;
        int code;
    } forms[] = {
        {"\033[A", KEY_UP},     {"\033OA", KEY_UP},     {"\033[B", KEY_DOWN},
        {"\033OB", KEY_DOWN},   {"\033[C", KEY_RIGHT},  {"\033OC", KEY_RIGHT},
        {"\033[D", KEY_LEFT},   {"\033OD", KEY_LEFT},   {"\033[H", KEY_HOME},
        {"\033OH", KEY_HOME},   {"\033[1~", KEY_HOME},  {"\033[F", KEY_END},
        {"\033OF", KEY_END},    {"\033[4~", KEY_END},   {"\033[2~", KEY_IC},
        {"\033[3~", KEY_DC},    {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
        {"\033[Z", KEY_BTAB},   {"\033OP", KEY_F(1)},   {"\033OQ", KEY_F(2)},
        {"\033OR", KEY_F(3)},   {"\033OS", KEY_F(4)},   {"\033[11~", KEY_F(1)},
        {"\033[12~", KEY_F(2)}, {"\033[13~", KEY_F(3)}, {"\033[14~", KEY_F(4)},
        {"\033[15~", KEY_F(5)}, {"\033[17~", KEY_F(6)}, {"\033[18~", KEY_F(7)},
        {"\033[19~", KEY_F(8)}, {"\033[20~", KEY_F(9)}, {"\033[21~", KEY_F(10)},
        {"\0331", KEY_F(1)},    {"\0332", KEY_F(2)},    {"\0333", KEY_F(3)},
        {"\0334", KEY_F(4)},    {"\0335", KEY_F(5)},    {"\0336", KEY_F(6)},
        {"\0337", KEY_F(7)},    {"\0338", KEY_F(8)},    {"\0339", KEY_F(9)},
        {"\0330", KEY_F(10)},
    };

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        (void)define_key(forms[i].bytes, forms[i].code);
    (void)define_key("\033[200~", PASTE_BEGIN);
    (void)define_key("\033[201~", PASTE_END);
}

/**
 * Asks a terminal that can do so to put brackets around pasted text, so that tabs and line breaks
 * in it are not taken for keys.
 */
static void bracket_pastes(bool wanted)
{
    const char *name = wanted ? "BE" : "BD";

    if (has_string(name)) {
        (void)putp(tigetstr(name));
        (void)fflush(stdout);
    }
}

static int translate(int code)
{
    static const struct {
        int curses, key;
    } table[] = {
        {KEY_UP, K_UP},        {KEY_DOWN, K_DOWN},   {KEY_LEFT, K_LEFT},
        {KEY_RIGHT, K_RIGHT},  {KEY_HOME, K_HOME},   {KEY_END, K_END},
        {KEY_PPAGE, K_PGUP},   {KEY_NPAGE, K_PGDN},  {KEY_IC, K_INSERT},
        {KEY_DC, K_DELETE},    {KEY_ENTER, K_ENTER}, {KEY_BACKSPACE, K_BACKSPACE},
        {KEY_BTAB, K_BACKTAB},
    };

    if (code > KEY_F0 && code <= KEY_F(12))
        return K_F0 + (code - KEY_F0);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].curses == code)
            return table[i].key;
    return K_NONE;
}

/** Control characters that have a name of their own. */
static int name_control(int code)
{
    switch (code) {
    case '\r':
    case '\n':
        return K_ENTER;
    case '\t':
        return K_TAB;
    case 0x1b:
        return K_ESC;
    case 0x08:
    case 0x7f:
        return K_BACKSPACE;
    default:
        return code;
    }
}

/** True for a serial line of 19200 bits a second or less. */
static bool is_slow(void)
{
    static const speed_t slow[] = {B300, B600, B1200, B1800, B2400, B4800, B9600, B19200};
    struct termios line;

    if (tcgetattr(STDOUT_FILENO, &line) != 0)
        return false;
    for (size_t i = 0; i < sizeof slow / sizeof slow[0]; i++)
        if (cfgetospeed(&line) == slow[i])
            return true;
    return false;
}

static struct term_look choose_look(void)
{
    const char *type = getenv("TERM");
    struct term_look look = {0};

    look.ascii = getenv("DOUDI_ASCII") != NULL || wcwidth(0x2588) != 1 ||
                 (type != NULL && (strcmp(type, "vt100") == 0 || strcmp(type, "vt220") == 0));
    look.linear = getenv("DOUDI_LINEAR") != NULL;
    look.slow = is_slow();
    look.ascii = look.ascii || look.linear || look.slow;
    look.colour = getenv("NO_COLOR") == NULL && has_colors() && !look.slow;
    if (look.colour) {
        (void)start_color();
        (void)use_default_colors();
    }
    return look;
}

/** False if the terminal's type is unknown, or one on which a cursor cannot be put anywhere. */
static bool start_screen(const char *type)
{
    bool slim = terminfo_trim_begin(type, text_equal_nocase(nl_langinfo(CODESET), "UTF-8"));
    SCREEN *screen = newterm(NULL, stdout, stdin);

    terminfo_trim_end();
    if (screen == NULL && slim)
        screen = newterm(NULL, stdout, stdin);
    if (screen == NULL)
        return false;
    if (has_string("cup"))
        return true;
    (void)endwin();
    delscreen(screen);
    return false;
}

static char *say_bad_type(const char *type)
{
    bool said = type != NULL && type[0] != '\0';

    return mem_printf(
        "终端%s%s，不能全屏显示。\n"
        "请在终端软件里把终端类型(TERM)改为 xterm-256color，再连接。\n"
        "The terminal%s%s, which cannot be used.\n"
        "Set it (TERM) to xterm-256color in the terminal program, then connect again.",
        said ? "的类型是 " : "没有说明类型", said ? type : "",
        said ? "'s type is " : " says no type", said ? type : "");
}

int term_set_escape(void)
{
    const char *delay = getenv("ESCDELAY");

    set_escdelay(getenv("SSH_CONNECTION") != NULL ? ESCAPE_DELAY_REMOTE : ESCAPE_DELAY);
    if (delay != NULL)
        set_escdelay(atoi(delay));
    return get_escdelay();
}

enum result term_start(struct term **ret_term, char **ret_message)
{
    struct term *term;
    const char *type = getenv("TERM");

    if (!encoding_set(ret_message))
        return RESULT_USAGE;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        *ret_message = mem_copy("全屏操作需要终端；命令见 doudi --help\n"
                                "The full screen needs a terminal; see doudi --help");
        return RESULT_USAGE;
    }
    if (catch_signals() != 0) {
        *ret_message = mem_copy(result_words(RESULT_IO));
        return RESULT_IO;
    }
    (void)term_set_escape();
    if (!start_screen(type)) {
        release_signals();
        *ret_message = say_bad_type(type);
        return RESULT_USAGE;
    }
    term = mem_new(sizeof *term);
    term->mark = getenv("DOUDI_TUI_MARK") != NULL;
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1); /* an update is one write; waiting keys are looked for before it */
    (void)idlok(stdscr, TRUE);
    (void)scrollok(stdscr, FALSE);
    term->input = newpad(1, 1);
    (void)keypad(term->input, TRUE);
    (void)nodelay(term->input, TRUE);
    define_keys();
    bracket_pastes(true);
    (void)term_take_mouse(term, true);
    term->look = choose_look();
    on_signal.picture = picture_new(on_signal.null);
    *ret_term = term;
    return RESULT_OK;
}

struct term_look term_look(const struct term *term)
{
    return term->look;
}

void term_show(struct term *term)
{
    if (!term->ended)
        picture_show(on_signal.picture);
}

void term_redraw(struct term *term)
{
    (void)term;
    (void)clearok(curscr, TRUE);
}

/** An event of the queue's number. */
static struct event event_of(int code)
{
    if ((code & MOUSE) != 0 && (code & PASTED) == 0)
        return (struct event){.type = EVENT_MOUSE,
                              .y = code / MOUSE_CELLS % MOUSE_CELLS,
                              .x = code % MOUSE_CELLS,
                              .wheel = (code & MOUSE_UP) != 0     ? -WHEEL_LINES
                                       : (code & MOUSE_DOWN) != 0 ? WHEEL_LINES
                                                                  : 0};
    return (struct event){.type = EVENT_KEY, .key = code & ~PASTED, .pasted = (code & PASTED) != 0};
}

static struct event take_key(struct term *term)
{
    struct event event = event_of(term->queue[0]);

    term->queued--;
    memmove(term->queue, term->queue + 1, term->queued * sizeof term->queue[0]);
    term->handled++;
    return event;
}

static void put_key(struct term *term, int key)
{
    term->queue[term->queued++] = term->pasting ? key | PASTED : key;
}

/** Puts what the mouse did into the queue. */
static void put_mouse(struct term *term)
{
    MEVENT mouse;

    if (getmouse(&mouse) != OK || mouse.y < 0 || mouse.x < 0 || mouse.y >= MOUSE_CELLS ||
        mouse.x >= MOUSE_CELLS ||
        (mouse.bstate & (BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED)) == 0)
        return;
    term->queue[term->queued++] = MOUSE | mouse.y * MOUSE_CELLS | mouse.x |
                                  ((mouse.bstate & BUTTON4_PRESSED) != 0 ? MOUSE_UP : 0) |
                                  ((mouse.bstate & BUTTON5_PRESSED) != 0 ? MOUSE_DOWN : 0);
}

bool term_take_mouse(struct term *term, bool wanted)
{
    mmask_t buttons = BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED;

    (void)term;
    (void)mouseinterval(0); /* a press counts at once */
    if (!has_string("kmous"))
        return false;
    (void)mousemask(wanted ? buttons : 0, NULL);
    return true;
}

/** Reads the keyboard's bytes into the queue. */
static void read_keys(struct term *term)
{
    int codes[KEY_DECODED_MAX];

    while (term->queued + KEY_DECODED_MAX < QUEUE) {
        int code = wgetch(term->input);
        if (code == ERR)
            return;
        if (code > 0xff) {
            term->decoder.length = 0; /* a character cut off by a function key is lost */
            if (code == PASTE_BEGIN || code == PASTE_END)
                term->pasting = code == PASTE_BEGIN;
            else if (code == KEY_MOUSE)
                put_mouse(term);
            else if (translate(code) != K_NONE)
                put_key(term, translate(code));
            continue;
        }
        size_t count = key_decode(&term->decoder, (unsigned char)code, codes);
        for (size_t i = 0; i < count; i++)
            put_key(term, name_control(codes[i]));
    }
}

bool term_has_key(struct term *term)
{
    read_keys(term);
    return term->queued > 0;
}

void term_note(struct term *term, unsigned long requests)
{
    term->asked = requests;
}

static void resize(void)
{
    struct winsize size = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        (void)resizeterm(size.ws_row, size.ws_col);
}

/** The event of the signals since the last call; EVENT_TIMEOUT if there were none. */
static enum event_type read_signals(void)
{
    enum event_type type = EVENT_TIMEOUT;
    char byte;

    while (read(on_signal.pipe[0], &byte, 1) == 1)
        if (byte != SIGWINCH)
            type = EVENT_END;
        else if (type == EVENT_TIMEOUT)
            type = EVENT_RESIZE;
    if (type == EVENT_RESIZE)
        resize();
    return type;
}

/** Tells a test program that everything so far is on the screen. */
static void print_mark(const struct term *term)
{
    char text[64];
    int length;

    if (term->mark && !term->ended) {
        length = snprintf(text, sizeof text, "\033]777;%lu;%lu\a", term->handled, term->asked);
        (void)!write(STDOUT_FILENO, text, (size_t)length);
    }
}

static struct event end(struct term *term)
{
    term->ended = true;
    return (struct event){.type = EVENT_END};
}

struct event term_wait(struct term *term, int milliseconds)
{
    for (;;) {
        struct pollfd polls[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                  {.fd = on_signal.pipe[0], .events = POLLIN}};
        int ready;

        if (term->ended)
            return end(term);
        if (term->resized) {
            term->resized = false;
            term->handled++;
            return (struct event){.type = EVENT_RESIZE};
        }
        read_keys(term); /* curses may hold bytes that poll() cannot see */
        if (term->queued > 0)
            return take_key(term);
        print_mark(term);
        ready = poll(polls, 2, milliseconds);
        switch (read_signals()) {
        case EVENT_END:
            return end(term);
        case EVENT_RESIZE:
            term->handled++;
            return (struct event){.type = EVENT_RESIZE};
        default:
            break;
        }
        if ((polls[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
            picture_cut(on_signal.picture, on_signal.null);
            return end(term);
        }
        if (ready == 0)
            return (struct event){.type = EVENT_TIMEOUT};
    }
}

char *term_encode(const char *text)
{
    struct str out = {0};
    uint32_t code = 0;
    int used;
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};

    while ((used = text_decode(text, &code)) != 0) {
        text += used > 0 ? used : 1;
        if (used < 0 || (code < ' ' && code != '\n' && code != '\f') ||
            (code >= 0x7f && code < 0xa0))
            continue;
        if (code == '\n') {
            str_add(&out, "\r\n");
            continue;
        }
        size_t length = wcrtomb(bytes, (wchar_t)code, &state);
        if (length == (size_t)-1) {
            state = (mbstate_t){0};
            length = wcrtomb(bytes, 0x3013, &state); /* 〓 */
        }
        str_add_bytes(&out, bytes, length);
    }
    return str_take(&out);
}

bool term_gives_up(struct term *term)
{
    struct pollfd line = {.fd = STDIN_FILENO};
    enum event_type type = read_signals();

    term->resized |= type == EVENT_RESIZE;
    term->ended |= type == EVENT_END ||
                   (poll(&line, 1, 0) > 0 && (line.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0);
    read_keys(term);
    for (size_t i = 0; i < term->queued; i++)
        if (term->queue[i] == K_ESC || term->queue[i] == K_F0 + 10) {
            size_t rest = term->queued - i - 1;
            memmove(term->queue, term->queue + i + 1, rest * sizeof term->queue[0]);
            term->queued = rest;
            term->handled += i + 1; /* what was typed before it is given up as well */
            return true;
        }
    return term->ended;
}

bool term_can_print(const struct term *term)
{
    (void)term;
    return has_string("mc5") && has_string("mc4");
}

enum result term_print(struct term *term, const char *text)
{
    char *data = term_encode(text);
    int sent;

    (void)term;
    sent = mcprint(data, (int)strlen(data));
    free(data);
    (void)clearok(curscr, TRUE); /* some terminals show what they print */
    return sent >= 0 ? RESULT_OK : errno == ENODEV ? RESULT_NOTFOUND : RESULT_IO;
}

void term_stop(struct term **term)
{
    if (*term == NULL)
        return;
    (void)delwin((*term)->input);
    (void)term_take_mouse(*term, false);
    bracket_pastes(false);
    (void)endwin();
    release_signals();
    picture_free(&on_signal.picture);
    free(*term);
    *term = NULL;
}
