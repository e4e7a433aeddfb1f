/**
 * Facts about the host as a system: operating system, packages and their version orders, kernel,
 * libvirt and QEMU, identity, CPU, memory, time. Nothing here judges.
 */
@NullMarked
package org.migratecheck.facts.system;

import org.jspecify.annotations.NullMarked;
