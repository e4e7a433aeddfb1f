package org.migratecheck.check.guest;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.GuestServices;
import org.migratecheck.facts.guest.GuestServices.Managers;

/**
 * Whether a cluster or a cloud manages the guest: it would find its guest missing and start it
 * again, while it runs on the destination.
 */
final class OwnerEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    Managers managers = context.source(GuestServices.MANAGERS);
    Gathered gathered = new Gathered();
    for (String resource : managers.resources()) {
      String file = resource.substring(resource.lastIndexOf('/') + 1);
      if (file.equals(guest.name() + ".xml")) {
        gathered.see("Pacemaker", resource, "");
        gathered.add(
            Problem.on(Side.SOURCE, "pacemaker", "definition", resource, "uuid", guest.uuid()));
      }
    }
    for (Xml metadata : guest.xml().all("metadata/*")) {
      Optional<String> owner = owner(metadata);
      owner.ifPresent(o -> gathered.see("metadata", o, ""));
      owner
          .filter(o -> managers.programs().contains(program(o)))
          .ifPresent(
              o ->
                  gathered.add(
                      Problem.on(Side.SOURCE, "manager", "manager", o, "program", program(o))));
    }
    return gathered.outcome();
  }

  /** The system that wrote an element of a guest's metadata. */
  private static Optional<String> owner(Xml metadata) {
    List<String> names = metadata.children().stream().map(Xml::name).toList();
    return switch (metadata.name()) {
      case "instance" ->
          names.contains("flavor") || names.contains("package")
              ? Optional.of("OpenStack")
              : Optional.empty();
      case "vm" ->
          names.contains("clusterVersion") || names.contains("ballooningEnabled")
              ? Optional.of("oVirt")
              : Optional.empty();
      case "kubevirt" -> Optional.of("KubeVirt");
      default -> Optional.empty();
    };
  }

  private static String program(String owner) {
    return switch (owner) {
      case "OpenStack" -> "nova-compute";
      case "oVirt" -> "vdsmd";
      default -> "virt-launcher";
    };
  }
}
