/**
 * Requirement "the ports are open": names, SSH, libvirt and the migration range between two hosts,
 * judged by what the source really reached, and explained by the rules of both packet filters.
 */
@NullMarked
package org.migratecheck.check.ports;

import org.jspecify.annotations.NullMarked;
