#include "domain/lead.h"

enum lead_move lead_next(enum lead_standing standing, bool holds, day_t until, day_t today)
{
    bool known = standing == LEAD_IS_OPEN || standing == LEAD_IS_ANSWERED;

    if (!holds)
        return known ? LEAD_GOES : LEAD_STAYS;
    if (standing == LEAD_IS_OPEN || (standing == LEAD_IS_ANSWERED && today <= until))
        return LEAD_STAYS;
    return LEAD_APPEARS;
}
