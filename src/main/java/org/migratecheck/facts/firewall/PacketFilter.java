package org.migratecheck.facts.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * All packet filter rules that are in force on a host.
 *
 * @param tables the tables of nftables and iptables
 * @param incomplete why there may be more rules than these; empty where these are all
 */
public record PacketFilter(List<FilterTable> tables, Optional<String> incomplete) {
  /** Read from the probe {@code firewall}. */
  public static final Fact<PacketFilter> FACT =
      Fact.host("packetFilter", "firewall", PacketFilter::parse);

  /** Copies the list. */
  public PacketFilter {
    tables = List.copyOf(tables);
  }

  private static PacketFilter parse(Outputs outputs) {
    List<FilterTable> tables = new ArrayList<>();
    Set<String> parts = outputs.withPrefix("firewall/").keySet();
    boolean nft = parts.contains("nft");
    boolean iptables = parts.contains("iptables");
    if (parts.isEmpty()) {
      outputs.complete("firewall");
    }
    boolean shown = false;
    for (String part : List.of("iptables", "iptables-legacy", "ip6tables", "ip6tables-legacy")) {
      if (parts.contains(part)) {
        String text = outputs.ok("firewall/" + part);
        shown = shown || text.contains("(nf_tables)");
        FilterTable.Syntax syntax =
            part.endsWith("-legacy")
                ? FilterTable.Syntax.IPTABLES_LEGACY
                : FilterTable.Syntax.IPTABLES;
        tables.addAll(new IptablesText(syntax, part.startsWith("ip6") ? "ip6" : "ip").parse(text));
      }
    }
    if (nft) {
      List<FilterTable> native_ = NftText.parse(outputs.ok("firewall/nft"));
      // What iptables wrote into nftables is told better by iptables-save.
      boolean told = shown;
      native_.stream().filter(t -> !(told && ofIptables(t))).forEach(tables::add);
    }
    return new PacketFilter(
        tables,
        nft || iptables
            ? Optional.empty()
            : Optional.of(outputs.host() + " has no command that shows its packet filter"));
  }

  private static boolean ofIptables(FilterTable table) {
    return (table.family().equals("ip") || table.family().equals("ip6"))
        && List.of("filter", "nat", "mangle", "raw", "security").contains(table.name())
        && table.chains().keySet().stream()
            .anyMatch(List.of("INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING")::contains);
  }
}
