/** Judges what confines QEMU: security models and labels, libvirt's settings, cryptography. */
@NullMarked
package org.migratecheck.check.security;

import org.jspecify.annotations.NullMarked;
