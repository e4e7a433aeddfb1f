package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.model.Printable;

/**
 * Where a guest runs, from both hosts alone.
 *
 * @param guest the guest's name
 * @param source what the source tells
 * @param destination what the destination tells
 */
public record Whereabouts(String guest, Situation source, Situation destination) {
  /** The answer. */
  public enum Place {
    /** On the source only. */
    SOURCE,
    /** On the destination only. */
    DESTINATION,
    /** It is being moved. */
    MOVING,
    /** On neither host. */
    NOWHERE,
    /** On both: its disks are in danger. */
    BOTH,
    /** Cannot be told. */
    UNKNOWN
  }

  /** Asks both hosts. */
  static Whereabouts ask(String guest, String uuid, HostShell source, HostShell destination) {
    return new Whereabouts(guest, Situation.ask(source, uuid), Situation.ask(destination, uuid));
  }

  /** Returns where the guest runs. */
  public Place place() {
    if (source.job().isPresent() || destination.incoming()) {
      return Place.MOVING;
    }
    if (!source.told() || !destination.told()) {
      return Place.UNKNOWN;
    }
    boolean here = source.active();
    boolean there = destination.active();
    if (here && there) {
      return source.running() && destination.running() ? Place.BOTH : Place.MOVING;
    }
    return here ? Place.SOURCE : there ? Place.DESTINATION : Place.NOWHERE;
  }

  /** Returns whether the answer stays as it is without anybody's doing. */
  boolean settled() {
    return switch (place()) {
      case SOURCE, DESTINATION, NOWHERE, BOTH -> true;
      case MOVING, UNKNOWN -> false;
    };
  }

  /** Returns whether a lock of a controller that is gone lies on a host. */
  public boolean leftover() {
    return (source.locked() && !source.lockAlive())
        || (destination.locked() && !destination.lockAlive() && !source.lockAlive());
  }

  /** Returns all of it for people, the answer first. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(Printable.line(answer()));
    lines.add("  " + Printable.line(on(source)));
    lines.add("  " + Printable.line(on(destination)));
    source.job().ifPresent(j -> lines.add("  migration: " + Progress.words(j)));
    lock(source, lines);
    lock(destination, lines);
    return lines;
  }

  /** Returns the answer in one line, with what keeps it from being told. */
  public String headline() {
    String why = place() == Place.UNKNOWN ? ": " + on(source) + "; " + on(destination) : "";
    return Printable.line(answer() + why);
  }

  private String answer() {
    return switch (place()) {
      case SOURCE -> guest + " is on " + source.host() + " and not on " + destination.host();
      case DESTINATION -> guest + " is on " + destination.host() + " and not on " + source.host();
      case MOVING -> guest + " is being moved from " + source.host() + " to " + destination.host();
      case NOWHERE -> guest + " runs neither on " + source.host() + " nor on " + destination.host();
      case BOTH ->
          guest
              + " RUNS ON BOTH HOSTS: its disks are in danger. Stop it on one of them at once"
              + " (virsh destroy)";
      case UNKNOWN -> "it cannot be told where " + guest + " runs";
    };
  }

  private static String on(Situation host) {
    return host.host() + ": " + host.words();
  }

  private static void lock(Situation host, List<String> lines) {
    if (!host.locked()) {
      return;
    }
    String who =
        host.owner("plan")
                .filter(p -> !p.isEmpty())
                .map(p -> "plan " + p.substring(0, Math.min(12, p.length())))
                .orElse("no plan")
            + host.owner("controller").map(c -> " from " + c).orElse("");
    lines.add(
        Printable.line(
            "  lock on "
                + host.host()
                + ": "
                + (host.lockAlive() ? "in use, " : "left over, ")
                + who
                + ", heard of "
                + host.quietSeconds()
                + " s ago"));
    Optional<String> exit = host.exit();
    if (exit.isPresent()) {
      lines.add(
          Printable.line(
              exit.get().equals("0")
                  ? "  its migration succeeded" + host.at("ended").map(t -> " at " + t).orElse("")
                  : "  its migration failed: " + host.answer().text("output").replace('\n', ' ')));
    }
  }
}
