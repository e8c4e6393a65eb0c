# Built by the top Makefile.am.
