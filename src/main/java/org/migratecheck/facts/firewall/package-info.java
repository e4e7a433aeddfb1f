/**
 * Packet filters as hosts print them: tables, chains and rules of nftables and iptables. A rule
 * stays text here; what it does to a packet is worked out where it is judged.
 */
@NullMarked
package org.migratecheck.facts.firewall;

import org.jspecify.annotations.NullMarked;
