package org.migratecheck.check.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.check.Catalogue;
import org.migratecheck.collect.EvidenceStore;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.testing.Reports;

/** Judges the recorded guest web1 with its disk on a block device of two hosts. */
final class BlockScene {
  /** The iSCSI LUN of the samples. */
  static final String ISCSI =
      "/dev/disk/by-path/ip-10.77.0.29:3260-iscsi-iqn.2026-01.lab.san:store-lun-1";

  /** The multipath map of the Fibre Channel LUN of the samples. */
  static final String MAP = "/dev/mapper/mpatha";

  private static final String FILE = "/var/lib/libvirt/images/shared/web1.img";

  private BlockScene() {}

  /** Returns the finding of a check about the guest, or about the pair. */
  static Finding judge(String id, String path, BlockHost source, BlockHost destination)
      throws Exception {
    return judge(id, path, source, destination, new TreeMap<>());
  }

  /** As above, with more outputs of the destination about the way to it. */
  static Finding judge(
      String id,
      String path,
      BlockHost source,
      BlockHost destination,
      Map<String, ProbeOutput> onDestination)
      throws Exception {
    List<Finding> found =
        findings(id, path, source, destination, onDestination).stream()
            .filter(f -> f.source().equals(Optional.of("hostA")))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.toString());
    }
    return found.get(0);
  }

  private static List<Finding> findings(
      String id,
      String path,
      BlockHost source,
      BlockHost destination,
      Map<String, ProbeOutput> onDestination)
      throws Exception {
    HostEvidence a = recorded("hostA");
    HostEvidence b = recorded("hostB");
    LinkEvidence link = a.link("hostB").orElseThrow();
    SortedMap<String, ProbeOutput> there =
        with(link.onDestination(), "paths/90", destination.path(path));
    there.putAll(onDestination);
    List<LinkEvidence> links =
        List.of(
            new LinkEvidence(
                link.source(),
                link.destination(),
                with(link.onSource(), "paths/90", source.path(path)),
                there));
    SortedMap<String, ProbeOutput> own = new TreeMap<>(a.probes());
    own.replaceAll((name, output) -> name.startsWith("guests/") ? onBlock(output, path) : output);
    own.putAll(source.outputs());
    SortedMap<String, ProbeOutput> others = new TreeMap<>(b.probes());
    others.putAll(destination.outputs());
    Catalogue one = Reports.load(List.of(Path.of("checks"))).select(List.of(id), List.of());
    return Reports.assess(one, List.of(probes(a, own, links), probes(b, others, b.links())), "web1")
        .findings()
        .stream()
        .filter(f -> f.id().equals(id))
        .toList();
  }

  private static HostEvidence probes(
      HostEvidence host, SortedMap<String, ProbeOutput> probes, List<LinkEvidence> links) {
    return new HostEvidence(
        host.schemaVersion(),
        host.host(),
        host.identity(),
        host.collectedAt(),
        host.millis(),
        host.clock(),
        probes,
        links,
        host.failure());
  }

  private static SortedMap<String, ProbeOutput> with(
      SortedMap<String, ProbeOutput> outputs, String name, ProbeOutput output) {
    SortedMap<String, ProbeOutput> more = new TreeMap<>(outputs);
    more.put(name, output);
    return more;
  }

  private static ProbeOutput onBlock(ProbeOutput output, String path) {
    String xml =
        output
            .stdout()
            .replaceAll(
                "<disk type='file'([^>]*>\\s*<driver[^>]*>\\s*<source) file='" + FILE + "'",
                "<disk type='block'$1 dev='" + path + "'");
    return new ProbeOutput(
        output.completeness(), output.exitStatus(), xml, output.stderr(), output.millis());
  }

  private static HostEvidence recorded(String name) throws Exception {
    try (InputStream in = BlockScene.class.getResourceAsStream("/samples/pair/" + name + ".json")) {
      return EvidenceStore.read(name, in);
    }
  }
}
