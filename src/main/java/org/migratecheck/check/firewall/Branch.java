package org.migratecheck.check.firewall;

/**
 * What a rule does with some ports.
 *
 * @param reach the ports
 * @param verdict what is done
 * @param target the chain of a jump, else empty
 */
record Branch(Reach reach, Verdict verdict, String target) {}
