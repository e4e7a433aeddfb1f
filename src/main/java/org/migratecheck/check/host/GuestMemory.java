package org.migratecheck.check.host;

import java.util.List;
import java.util.Map;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.system.Sizes;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.system.GuestFit;

/** How much memory guests have and need. */
final class GuestMemory {
  private GuestMemory() {}

  /** Returns all the memory that a guest can have, in KiB. */
  static long kib(Xml guest) {
    Xml memory =
        guest
            .first("memory")
            .orElseThrow(() -> new Undetermined("the guest's XML tells no memory"));
    return size(memory);
  }

  /** Returns the size that an element's text and {@code unit} tell, in KiB. */
  static long size(Xml element) {
    return Sizes.kib(element.text(), element.attribute("unit").orElse("KiB"));
  }

  /** Returns whether the memory is made of huge pages, which ordinary memory is not taken for. */
  static boolean onHugePages(Xml guest) {
    return guest.first("memoryBacking/hugepages").isPresent();
  }

  /** Returns the judged guests that have memory to move. */
  static List<Guest> judged(CheckContext context) {
    Map<String, GuestFit> asked = context.link(GuestFit.ON_DESTINATION);
    return context.source(Guests.FACT).stream()
        .filter(g -> g.active() && asked.containsKey(g.uuid()))
        .toList();
  }

  static String mib(long kib) {
    return (kib + 1023) / 1024 + " MiB";
  }
}
