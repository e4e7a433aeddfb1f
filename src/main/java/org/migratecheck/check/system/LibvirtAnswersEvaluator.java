package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.system.LibvirtService;
import org.migratecheck.model.Observed;

/** A host whose libvirt does not answer can neither send nor receive a guest. */
final class LibvirtAnswersEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    LibvirtService service = context.source(LibvirtService.FACT);
    boolean modular = service.daemon().equals("virtqemud");
    List<Observed> observed = List.of(new Observed("daemon", service.daemon(), ""));
    return switch (service.state()) {
      case ANSWERS -> Outcome.of(List.of(), observed).with("daemon", name(service));
      case NO_CLIENT -> problem("no-client", service, observed);
      case NO_QEMU_DRIVER -> problem("no-qemu-driver", service, observed);
      case DOWN ->
          problem(
              service.daemon().isEmpty()
                  ? "not-installed"
                  : modular ? "down-modular" : "down-monolithic",
              service,
              observed);
    };
  }

  private static String name(LibvirtService service) {
    return service.daemon().isEmpty() ? "libvirt" : service.daemon();
  }

  private static Outcome problem(String kind, LibvirtService service, List<Observed> observed) {
    return Outcome.of(
        List.of(Problem.on(Side.SOURCE, kind, "said", service.said(), "daemon", service.daemon())),
        observed);
  }
}
