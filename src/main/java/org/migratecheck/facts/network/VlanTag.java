package org.migratecheck.facts.network;

/**
 * A VLAN.
 *
 * @param protocol {@code 802.1Q} or {@code 802.1ad}
 * @param id its number, 0 to 4094
 */
public record VlanTag(String protocol, int id) {
  /** Returns the number, with the protocol where it is not the usual one. */
  @Override
  public String toString() {
    return protocol.equals("802.1Q") ? Integer.toString(id) : id + " (" + protocol + ")";
  }
}
