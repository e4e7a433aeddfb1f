package org.migratecheck.facts;

import java.util.Optional;

/**
 * A guest (libvirt: domain) as one host knows it.
 *
 * @param uuid its UUID in lower case
 * @param name its name as libvirt has it: hostile text
 * @param state the state and reason as {@code virsh domstate --reason} prints them, such as {@code
 *     running (booted)}
 * @param autostart whether it starts with the host
 * @param persistent whether it has a definition that outlives its shutdown
 * @param xml the XML of {@code dumpxml}: live when it runs, else the definition
 * @param inactive the definition that the next start will use; empty for a transient guest
 * @param migratable the XML that would be sent to the destination
 */
public record Guest(
    String uuid,
    String name,
    String state,
    boolean autostart,
    boolean persistent,
    Xml xml,
    Optional<Xml> inactive,
    Optional<Xml> migratable) {

  /** Returns whether it has memory to move: running, paused, idle, in a crashed but kept state. */
  public boolean active() {
    String word = state.split(" \\(")[0].strip();
    return !(word.equals("shut off") || word.equals("no state") || word.isEmpty());
  }

  /** Returns whether its virtual CPUs run. */
  public boolean running() {
    return state.startsWith("running") || state.startsWith("idle") || state.startsWith("blocked");
  }
}
