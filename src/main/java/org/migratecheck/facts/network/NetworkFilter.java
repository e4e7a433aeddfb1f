package org.migratecheck.facts.network;

import java.util.Collection;
import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.ProbeOutput;

/**
 * A network filter of libvirt (nwfilter).
 *
 * @param name its name
 * @param uuid its UUID on this host
 * @param xml its rules
 */
public record NetworkFilter(String name, String uuid, Xml xml) {

  /** All network filters of the host. */
  public static final Fact<List<NetworkFilter>> FACT =
      Fact.host("nwfilters", "nwfilters", NetworkFilter::parse);

  private static List<NetworkFilter> parse(Outputs outputs) {
    ProbeOutput list = outputs.complete("nwfilters/list");
    if (list.exitStatus() != 0
        && (list.stderr().contains("not supported by the connection driver")
            || list.stderr().contains("virtnwfilterd-sock"))) {
      return List.of(); // this libvirt has no filters: one that a guest names will be missing
    }
    List<String> uuids =
        outputs
            .ok("nwfilters/list")
            .lines()
            .map(l -> l.strip().split("\\s")[0])
            .filter(VirshXml::isUuid)
            .toList();
    if (uuids.isEmpty()) {
      return List.of();
    }
    Collection<VirshXml.Document> documents =
        VirshXml.documents(outputs, "nwfilters/xml", "filter", "Network filter not found").values();
    if (documents.size() != uuids.size()
        && !outputs.complete("nwfilters/xml").stderr().contains("Network filter not found")) {
      throw new Undetermined(
          outputs.host() + ": libvirt lists other network filters than it shows");
    }
    return documents.stream()
        .map(
            d ->
                new NetworkFilter(d.xml().attr("name"), d.xml().textAt("uuid").orElse(""), d.xml()))
        .toList();
  }
}
