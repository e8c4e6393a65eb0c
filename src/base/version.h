/**
 * Which program this is: the version of the release and the commit it was built from.
 */
#ifndef DOUDI_BASE_VERSION_H
#define DOUDI_BASE_VERSION_H

/** "doudi 0.2.0 (8078b9e12345)"; without the commit where the sources did not tell it. */
const char *version_text(void);

#endif
