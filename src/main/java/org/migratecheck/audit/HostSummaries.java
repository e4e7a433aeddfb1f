package org.migratecheck.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.Report.HostSummary;
import org.migratecheck.model.Report.ProbeExcerpt;
import org.migratecheck.model.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the report says of each host: a few facts to recognize it, and excerpts of evidence. */
final class HostSummaries {
  private static final int EXCERPT_CHARS = 2_000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private HostSummaries() {}

  /** Label and fact path of what is worth a column. */
  private static final Map<String, String> COLUMNS = columns();

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("System", "os.prettyName");
    columns.put("Architecture", "os.architecture");
    columns.put("Kernel", "kernel.running");
    columns.put("libvirt", "libvirt.daemon");
    columns.put("QEMU", "libvirt.qemu");
    columns.put("CPU", "cpu.model");
    columns.put("Machine id", "identity.machineId");
    return columns;
  }

  static List<HostSummary> of(List<HostFacts> hosts, List<Finding> findings) {
    FactRegistry registry = FactRegistry.load();
    Set<String> probes =
        findings.stream()
            .filter(f -> f.status() != Status.PASS && f.status() != Status.SKIPPED)
            .flatMap(f -> f.evidence().stream())
            .collect(Collectors.toSet());
    return hosts.stream().map(h -> summary(h, registry, probes)).toList();
  }

  private static HostSummary summary(HostFacts host, FactRegistry registry, Set<String> probes) {
    Map<String, String> facts = new LinkedHashMap<>();
    COLUMNS.forEach((label, path) -> facts.put(label, value(host, registry, path)));
    return new HostSummary(
        host.name(),
        host.evidence().identity(),
        facts,
        host.evidence().failure().map(HostFailure::message).orElse(""),
        excerpts(host, probes));
  }

  private static String value(HostFacts host, FactRegistry registry, String path) {
    String[] steps = path.split("\\.");
    try {
      JsonNode node =
          registry
              .find(steps[0])
              .map(fact -> MAPPER.<JsonNode>valueToTree(host.get(fact)).path(steps[1]))
              .orElse(MAPPER.nullNode());
      return node.isValueNode() && !node.isNull() ? node.asString() : "";
    } catch (Undetermined e) {
      return "";
    }
  }

  private static Map<String, ProbeExcerpt> excerpts(HostFacts host, Set<String> probes) {
    SortedMap<String, ProbeExcerpt> excerpts = new TreeMap<>();
    add(excerpts, host.evidence().probes(), probes, "");
    for (LinkEvidence link : host.evidence().links()) {
      add(excerpts, link.onSource(), probes, "towards " + link.destination() + ": ");
      add(excerpts, link.onDestination(), probes, "on " + link.destination() + ": ");
    }
    return excerpts;
  }

  private static void add(
      Map<String, ProbeExcerpt> excerpts,
      Map<String, ProbeOutput> outputs,
      Set<String> probes,
      String prefix) {
    outputs.forEach(
        (name, output) -> {
          if (probes.contains(name.split("/", 2)[0])) {
            excerpts.put(prefix + name, excerpt(output));
          }
        });
  }

  private static ProbeExcerpt excerpt(ProbeOutput output) {
    String all = output.stderr().isEmpty() ? output.stdout() : output.stdout() + output.stderr();
    String shown =
        all.length() <= EXCERPT_CHARS
            ? all
            : all.substring(0, EXCERPT_CHARS)
                + "\n... "
                + (all.length() - EXCERPT_CHARS)
                + " more characters";
    return new ProbeExcerpt(output.exitStatus(), output.millis(), output.completeness(), shown);
  }
}
