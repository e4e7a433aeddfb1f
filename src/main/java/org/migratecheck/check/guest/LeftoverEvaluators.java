package org.migratecheck.check.guest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.GuestServices;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.model.Observed;

/** What is left of a guest on either host, and what a migration does not take along. */
final class LeftoverEvaluators {
  /** The oldest QEMU seen to take over a guest whose images have persistent bitmaps. */
  private static final int BITMAPS_READ_ANEW = 10;

  private LeftoverEvaluators() {}

  /** Memory saved on disk: the next start would restore it, whatever the guest did since. */
  static Outcome managedSave(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    boolean here = context.source(GuestServices.MANAGED_SAVE).contains(guest.uuid());
    boolean there = context.destination(GuestServices.MANAGED_SAVE).contains(guest.uuid());
    Gathered gathered = new Gathered();
    gathered.see("saved memory", here ? "present" : "none", there ? "present" : "none");
    if (there) {
      gathered.add(Problem.of("destination", "uuid", guest.uuid()));
    }
    if (here) {
      gathered.add(Problem.on(Side.SOURCE, "source", "uuid", guest.uuid()));
    }
    return gathered.outcome();
  }

  /**
   * Checkpoints are not sent: a backup that builds on them must begin anew. Their bitmaps lie in
   * the images, and an older QEMU that takes over reads them before the other side has written
   * them.
   */
  static Outcome checkpoints(CheckContext context) {
    Guest guest = context.guest();
    boolean here = context.source(GuestServices.CHECKPOINTS).contains(guest.uuid());
    List<Observed> observed = List.of(new Observed("checkpoints", here ? "present" : "none", ""));
    if (!here) {
      return Outcome.of(List.of(), observed);
    }
    String qemu = context.destination(Libvirt.FACT).qemu();
    boolean reads = guest.active() && major(qemu) < BITMAPS_READ_ANEW;
    return Outcome.of(
        List.of(
            Problem.on(
                Side.SOURCE,
                reads ? "refused-there" : "present",
                "uuid",
                guest.uuid(),
                "version",
                qemu)),
        observed);
  }

  private static int major(String version) {
    try {
      return Integer.parseInt(version.split("\\.", 2)[0]);
    } catch (NumberFormatException e) {
      throw new Undetermined("'" + version + "' is no version of QEMU");
    }
  }

  /** A definition on the destination stays as it is and is used at the next start there. */
  static Outcome staleDefinition(CheckContext context) {
    Guest guest = context.guest();
    Optional<Guest> there = sameGuest(context);
    if (there.isEmpty()) {
      return Outcome.skipped("not-there");
    }
    if (guest.inactive().isEmpty()) {
      return Outcome.skipped("transient");
    }
    Xml definition =
        there
            .get()
            .inactive()
            .orElseThrow(
                () ->
                    new Undetermined(
                        context.destination().name()
                            + ": the definition of "
                            + guest.name()
                            + " was not told"));
    List<String> differences =
        DefinitionShape.differences(
            DefinitionShape.of(guest.inactive().get()), DefinitionShape.of(definition));
    return Outcome.of(
        differences.isEmpty()
            ? List.of()
            : List.of(
                Problem.on(
                    Side.SOURCE,
                    "differs",
                    "differences",
                    String.join("; ", differences),
                    "uuid",
                    guest.uuid())),
        differences.stream().map(d -> new Observed("setting", d, "")).toList());
  }

  private static Optional<Guest> sameGuest(CheckContext context) {
    return context.destination(Guests.FACT).stream()
        .filter(g -> g.uuid().equals(context.guest().uuid()) && !g.active())
        .findFirst();
  }

  /** The definition differs from what runs: the next start changes the guest. */
  static Outcome pendingChange(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    if (guest.inactive().isEmpty() || !guest.persistent()) {
      return Outcome.skipped("transient");
    }
    Map<String, String> now = DefinitionShape.of(guest.xml());
    Map<String, String> next = DefinitionShape.of(guest.inactive().get());
    if (!"custom".equals(next.get("CPU mode"))) {
      // A running guest has the host's CPU written out as a model.
      List.of("CPU mode", "CPU model").forEach(k -> next.put(k, now.get(k)));
    }
    if ("".equals(next.get("firmware"))) {
      // Firmware that libvirt chooses is written out in a running guest.
      next.put("firmware", now.get("firmware"));
    }
    List<String> differences = DefinitionShape.differences(now, next);
    return Outcome.of(
        differences.isEmpty()
            ? List.of()
            : List.of(
                Problem.on(
                    Side.SOURCE,
                    "differs",
                    "differences",
                    String.join("; ", differences),
                    "uuid",
                    guest.uuid())),
        differences.stream().map(d -> new Observed("setting", d, "")).toList());
  }

  /** Autostart is a mark on the source: it stays there, and the destination gets none. */
  static Outcome autostart(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.persistent()) {
      return Outcome.skipped("transient");
    }
    return Outcome.of(
        guest.autostart()
            ? List.of(Problem.on(Side.SOURCE, "marked", "uuid", guest.uuid()))
            : List.of(),
        List.of(new Observed("autostart", guest.autostart() ? "yes" : "no", "")));
  }

  /** libvirt-guests starts what ran at the last shutdown, without asking where it runs now. */
  static Outcome restart(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.persistent()) {
      return Outcome.skipped("transient");
    }
    boolean listed = context.source(GuestServices.MANAGERS).restarted().contains(guest.uuid());
    return Outcome.of(
        listed ? List.of(Problem.on(Side.SOURCE, "listed", "uuid", guest.uuid())) : List.of(),
        List.of(new Observed("libvirt-guests", listed ? "starts it" : "does not start it", "")));
  }

  /** A transient guest is gone when it shuts down, wherever it is. */
  static Outcome transientGuest(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    return Outcome.of(
        guest.persistent()
            ? List.of()
            : List.of(Problem.on(Side.SOURCE, "transient", "uuid", guest.uuid())),
        List.of(new Observed("persistent", guest.persistent() ? "yes" : "no", "")));
  }

  /** A guest agent that does not answer cannot set the clock or announce the guest. */
  static Outcome agent(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    List<Xml> targets =
        context.guest().xml().all("devices/channel/target").stream()
            .filter(t -> t.attr("name").equals("org.qemu.guest_agent.0"))
            .toList();
    if (targets.isEmpty()) {
      return Outcome.skipped("no-channel");
    }
    String state = targets.get(0).attr("state");
    return Outcome.of(
        state.equals("disconnected") ? List.of(Problem.on(Side.SOURCE, "silent")) : List.of(),
        List.of(new Observed("guest agent", state, "")));
  }
}
