/**
 * What hosts tell about storage: mounts, block devices, Fibre Channel, iSCSI, LVM, GFS2, pools, the
 * user that QEMU runs as, and every path that guests need. Only reading; nothing here judges.
 */
@NullMarked
package org.migratecheck.facts.storage;

import org.jspecify.annotations.NullMarked;
