/**
 * Evaluators about the hosts as systems and about what a guest needs of them besides network and
 * storage: versions and packages, kernel, libvirt, identity, CPU, memory, time, and the guest's own
 * state.
 */
@NullMarked
package org.migratecheck.check.system;

import org.jspecify.annotations.NullMarked;
