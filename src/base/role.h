/**
 * What the offices that an officer can hold are called: the id that is stored and sent, and the
 * label that is shown. Server and terminal both build their tables from this one. A table only:
 * what a role may do stands in service/access.h.
 */
#ifndef DOUDI_BASE_ROLE_H
#define DOUDI_BASE_ROLE_H

/** ROW(name of the ROLE_ constant, id, label), in the order in which they are offered. */
#define ROLE_TABLE(ROW)                                                                            \
    ROW(VILLAGE, "village", "村级协理员")                                                          \
    ROW(STREET, "street", "镇街经办")                                                              \
    ROW(CHIEF, "chief", "镇街负责人")                                                              \
    ROW(COUNTY, "county", "县区民政")                                                              \
    ROW(ADMIN, "admin", "系统管理员")                                                              \
    ROW(AUDITOR, "auditor", "审计员")

#endif
