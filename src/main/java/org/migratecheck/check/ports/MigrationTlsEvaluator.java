package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.ports.HostNames;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.facts.ports.MigrationTls;
import org.migratecheck.model.Observed;

/** Where a host forces TLS on migrations, both can do it. */
final class MigrationTlsEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    MigrationTls here = context.source(MigrationTls.FACT);
    MigrationTls there = context.destination(MigrationTls.FACT);
    if (!here.forced() && !there.forced()) {
      return Outcome.skipped("not-forced");
    }
    List<Observed> observed =
        List.of(
            new Observed(
                "TLS forced", Boolean.toString(here.forced()), Boolean.toString(there.forced())),
            new Observed("certificates", here.directory(), there.directory()),
            new Observed("authority", here.authority().orElse(""), there.authority().orElse("")));
    if (here.forced() != there.forced()) {
      Side side = here.forced() ? Side.SOURCE : Side.DESTINATION;
      return Outcome.of(
          List.of(Problem.on(side, "asymmetric", "where", context.side(side).name())), observed);
    }
    List<Problem> problems = new ArrayList<>();
    certificate(context, Side.DESTINATION, there, "server", problems);
    if (there.verifies() || here.files().contains("client-cert.pem")) {
      certificate(context, Side.SOURCE, here, "client", problems);
    }
    absent(context, Side.SOURCE, here, List.of("ca-cert.pem"), problems);
    if (problems.isEmpty() && !(here.readable() && there.readable())) {
      throw new Undetermined(
          "a host that forces TLS has no openssl to look at its certificates with",
          "Install openssl on both hosts.");
    }
    if (problems.isEmpty() && !here.authority().equals(there.authority())) {
      problems.add(Problem.of("authority"));
    }
    String name =
        context
            .destination(MigrationConfig.FACT)
            .host()
            .orElseGet(() -> context.destination(HostNames.FACT).announced());
    if (problems.isEmpty() && !there.names().getOrDefault(name, true)) {
      problems.add(Problem.of("name", "name", name, "dir", there.directory()));
    }
    if (problems.isEmpty()) {
      problems.add(Problem.on(Side.SOURCE, "needs-flag"));
    }
    return Outcome.of(problems, observed);
  }

  private static void certificate(
      CheckContext context, Side side, MigrationTls tls, String role, List<Problem> problems) {
    int before = problems.size();
    absent(
        context,
        side,
        tls,
        List.of("ca-cert.pem", role + "-cert.pem", role + "-key.pem"),
        problems);
    String mistake = tls.mistakes().get(role);
    if (problems.size() == before && mistake != null) {
      problems.add(
          Problem.on(
              side, "invalid", "where", context.side(side).name(), "role", role, "said", mistake));
    }
  }

  private static void absent(
      CheckContext context,
      Side side,
      MigrationTls tls,
      List<String> wanted,
      List<Problem> problems) {
    List<String> missing = wanted.stream().filter(f -> !tls.files().contains(f)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          Problem.on(
              side,
              "missing",
              "where",
              context.side(side).name(),
              "files",
              String.join(", ", missing),
              "dir",
              tls.directory()));
    }
  }
}
