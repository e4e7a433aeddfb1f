/** What hosts tell about confinement: SELinux, AppArmor, libvirt's settings, cryptography. */
@NullMarked
package org.migratecheck.facts.security;

import org.jspecify.annotations.NullMarked;
