package org.migratecheck.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several faults at once. They touch different things, so that none hides or undoes another.
 *
 * @param seed decides which they are; the same seed always means the same ones
 */
record Combination(int seed, List<Fault> faults) {
  // What each fault takes hold of, or keeps others from being seen. "guest" means that it wants the
  // guest to be made in a way of its own.
  private static final Map<String, Set<String>> TOUCHES =
      Map.ofEntries(
          touches("rhel-newer-destination", "packages vim"),
          touches("rhel-older-destination", "packages vim"),
          touches("qemu-older", "packages"),
          touches("qemu-epoch-only", "packages"),
          touches("libvirt-release-only", "packages"),
          touches("package-missing", "packages"),
          touches("seabios-older-on-source", "packages"),
          touches("other-package-older", "vim"),
          touches("package-only-on-source", "vim"),
          touches("same-host-uuid", "uuid"),
          touches("same-machine-id", "machine"),
          touches("libvirtd-down", "ssh uuid name pool networks libvirt"),
          touches("ssh-no-key", "ssh"),
          touches("ssh-unknown-host-key", "ssh"),
          touches("hostname-is-localhost", "names range"),
          touches("hostname-unresolvable", "names range"),
          touches("hostname-is-loopback", "names range ssh"),
          touches("range-dropped", "range"),
          touches("range-reset", "range"),
          touches("range-rejected", "range"),
          touches("range-partly-blocked", "range"),
          touches("range-not-in-allow-list", "range"),
          touches("range-blocked-on-source", "range"),
          touches("range-dropped-by-iptables", "range"),
          touches("bridge-missing", "guest br1"),
          touches("bridge-missing-unused", "br1"),
          touches("bridge-mtu", "guest br1"),
          touches("bridge-no-uplink", "guest br1"),
          touches("bridge-uplink-down", "guest br1"),
          touches("bridge-stp-delay", "guest br1"),
          touches("network-missing", "guest br1 networks"),
          touches("network-inactive", "guest br1 networks"),
          touches("network-missing-unused", "br1 networks"),
          touches("network-no-autostart", "guest br1 networks"),
          touches("share-not-mounted", "share"),
          touches("share-mounted-elsewhere", "share"),
          touches("share-read-only", "share"),
          touches("same-path-local-copy", "share"),
          touches("same-path-other-volume", "share"),
          touches("image-hidden", "guest share"),
          touches("disk-is-local", "guest share"),
          touches("backing-file-is-local", "guest share"),
          touches("pool-missing", "share pool"),
          touches("pool-inactive", "share pool"),
          touches("guest-name-taken", "name"));

  private static Map.Entry<String, Set<String>> touches(String fault, String things) {
    return Map.entry(fault, Set.of(things.split(" ")));
  }

  /** Returns the names of the faults that are combined. */
  static Set<String> candidates() {
    return TOUCHES.keySet();
  }

  /** Chooses two to five faults. */
  static Combination of(int seed, Stream<Fault> all) {
    Map<String, Fault> byId = all.collect(Collectors.toMap(Fault::id, Function.identity()));
    var ids = new ArrayList<>(TOUCHES.keySet());
    Collections.sort(ids);
    // The low bits of small seeds are alike.
    var random = new Random(seed * 0x9E3779B97F4A7C15L);
    Collections.shuffle(ids, random);
    int size = 2 + random.nextInt(4);
    var chosen = new ArrayList<Fault>();
    var taken = new HashSet<String>();
    for (String id : ids) {
      Fault fault = byId.get(id);
      boolean free =
          Collections.disjoint(taken, TOUCHES.get(id))
              && chosen.stream()
                  .allMatch(
                      other ->
                          Collections.disjoint(
                              other.expected().findings(), fault.expected().findings()));
      if (chosen.size() < size && free) {
        chosen.add(fault);
        taken.addAll(TOUCHES.get(id));
      }
    }
    return new Combination(seed, List.copyOf(chosen));
  }

  String[] guestOptions() {
    return faults.stream()
        .flatMap(fault -> fault.given().guestOptions().stream())
        .toArray(String[]::new);
  }

  boolean blocks() {
    return faults.stream().anyMatch(fault -> fault.expected().blocks());
  }

  /** Returns whether libvirt is known to refuse because of one of them. */
  boolean stops() {
    return faults.stream()
        .map(fault -> fault.expected().outcome().kind())
        .anyMatch(kind -> kind == Outcome.Kind.REFUSED || kind == Outcome.Kind.HANGS);
  }

  @Override
  public String toString() {
    return faults.stream().map(Fault::id).collect(Collectors.joining(" "));
  }
}
