/**
 * What a host's packet filter does to a connection: rules of nftables and iptables are followed for
 * all ports of a range at once. What a rule depends on and nobody can know from outside (marks,
 * rates, unknown matches) makes the answer a doubt, never a guess.
 */
@NullMarked
package org.migratecheck.check.firewall;

import org.jspecify.annotations.NullMarked;
