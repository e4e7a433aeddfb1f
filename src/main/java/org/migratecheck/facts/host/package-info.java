/**
 * Facts about what a host can still give to guests that arrive: processors, NUMA nodes, space,
 * limits, QEMU's abilities, drivers and modules, hooks, and whether it is about to go down.
 */
@NullMarked
package org.migratecheck.facts.host;

import org.jspecify.annotations.NullMarked;
