/**
 * What a line of the first screen is about, besides those of base/words.h.
 */
#ifndef DOUDI_BASE_HOMELINE_H
#define DOUDI_BASE_HOMELINE_H

#define HOME_LEAVES "请假"
#define HOME_REVIEWS "复核"

#endif
