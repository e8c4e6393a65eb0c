#include "domain/upcoming.h"

#include <stdio.h>

bool upcoming_shows(day_t date, bool stays, day_t today, day_t until)
{
    return date <= until && (stays || date >= today - UPCOMING_KEPT);
}

const char *upcoming_words(day_t date, day_t today, char words[UPCOMING_WORDS])
{
    if (date == 0)
        (void)snprintf(words, UPCOMING_WORDS, "未定期限");
    else if (date == today)
        (void)snprintf(words, UPCOMING_WORDS, "今天");
    else
        (void)snprintf(words, UPCOMING_WORDS, "%s %d 天", date > today ? "还有" : "已过",
                       (int)(date > today ? date - today : today - date));
    return words;
}
