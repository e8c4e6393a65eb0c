# tests/container: the service on a booted machine (systemd-nspawn); only root can. `make check` has the
# short form, `make check-container` all of it. CONTAINER_TREE: another machine's file system, a
# folder or a tar file (`mmdebstrap --include=systemd-sysv,dbus,… bookworm tree.tar`).
EXTRA_DIST += tests/container/box.sh
dist_check_SCRIPTS += tests/container/container_test.sh
AM_TESTS_ENVIRONMENT += export make='$(MAKE)' pkgdatadir='$(pkgdatadir)' systemdunitdir='$(systemdunitdir)';

check-container: all
	DOUDI_CONTAINER=long $(MAKE) $(AM_MAKEFLAGS) check-TESTS check_PROGRAMS= check_DATA= \
		TESTS=tests/container/container_test.sh
	@cat tests/container/container_test.sh.log
.PHONY: check-container
