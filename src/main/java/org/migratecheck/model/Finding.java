package org.migratecheck.model;

import java.util.List;
import java.util.Optional;

/**
 * One check's answer for one subject.
 *
 * @param id the check's id
 * @param group the check's group
 * @param title the check's title
 * @param scope what the finding is about
 * @param status the answer
 * @param severity how bad a problem is, after policy
 * @param phase where a migration would meet the problem
 * @param source the source host as typed; for host scope set when the host is the run's source
 * @param destination the destination host; for host scope set when the host is a candidate
 * @param guest the guest's name, for guest scope
 * @param message what was found, one or more lines
 * @param observed the values seen on each side
 * @param fix how to turn it green
 * @param errors what libvirt or QEMU would say, where known
 * @param evidence names of the probes whose outputs were judged
 */
public record Finding(
    String id,
    String group,
    String title,
    Scope scope,
    Status status,
    Severity severity,
    Phase phase,
    Optional<String> source,
    Optional<String> destination,
    Optional<String> guest,
    String message,
    List<Observed> observed,
    Fix fix,
    List<String> errors,
    List<String> evidence) {
  /** Copies the lists. */
  public Finding {
    observed = List.copyOf(observed);
    errors = List.copyOf(errors);
    evidence = List.copyOf(evidence);
  }

  /** Returns whether this finding alone makes a pair NOT READY. */
  public boolean blocks() {
    return severity == Severity.BLOCKER && status == Status.FAIL;
  }

  /** Returns whether this finding alone makes a pair UNDETERMINED. */
  public boolean undetermined() {
    return severity == Severity.BLOCKER && status == Status.ERROR;
  }
}
