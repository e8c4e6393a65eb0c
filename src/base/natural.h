/**
 * Natural order: keys by which texts stand as people expect, 2号楼 before 10号楼.
 *
 * Numbers are compared as numbers, whether they were typed with full-width digits or, before 组, 楼,
 * 单元 and the like, in Chinese: 三组 stands before 12组. What stands between the numbers of a house
 * counts as a dash, so that 12号楼2单元501室 and 12-2-501 stand together; 甲区 stands before 乙区 and
 * A座 is a座. Everything else is compared as it is written, so that the same 小区 stands together
 * whatever its name. Threads: any.
 */
#ifndef DOUDI_BASE_NATURAL_H
#define DOUDI_BASE_NATURAL_H

/** The key of a text: strcmp() of two keys is the natural order of their texts. New string. */
char *natural_key(const char *text);

#endif
