/**
 * Facts about networks: links, bridges, bonds, VLANs, Open vSwitch, libvirt's networks and filters.
 * What comes and goes with guests and containers is told apart from what was configured.
 */
@NullMarked
package org.migratecheck.facts.network;

import org.jspecify.annotations.NullMarked;
