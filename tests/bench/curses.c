/**
 * The peer of terminal-start: the least that a Chinese full screen on curses can be. It starts curses,
 * fills 24 lines, prints the mark and waits for a key.
 */
#include <curses.h>
#include <locale.h>
#include <unistd.h>

int main(void)
{
    static const char mark[] = "\033]777;0\a";

    setlocale(LC_CTYPE, "");
    if (initscr() == NULL)
        return 1;
    raw();
    noecho();
    for (int row = 0; row < LINES; row++)
        mvprintw(row, 2, "%2d 王桂兰 82岁 旌旗社区 探访 逾期 %d 天", row, 24 - row);
    refresh();
    if (write(STDOUT_FILENO, mark, sizeof mark - 1) < 0)
        return 1;
    getch();
    endwin();
    return 0;
}
