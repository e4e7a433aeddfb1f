/**
 * Evaluators about what a destination has left for guests that arrive, and about what its libvirt
 * and QEMU are able to do for them: capacity, processors, drivers, modules, hooks, known bad
 * versions.
 */
@NullMarked
package org.migratecheck.check.host;

import org.jspecify.annotations.NullMarked;
