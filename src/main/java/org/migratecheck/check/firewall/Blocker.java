package org.migratecheck.check.firewall;

import java.util.Optional;
import org.migratecheck.facts.firewall.FilterTable;
import org.migratecheck.facts.ports.PortSet;

/**
 * A rule that keeps packets from getting through, or may do so.
 *
 * @param manager who writes the rules of its table
 * @param syntax the language of the table
 * @param family the table's family
 * @param table the table
 * @param base the chain by which the kernel enters the table
 * @param chain the chain of the rule
 * @param rule the rule as the host prints it, or {@code policy drop}
 * @param zone firewalld's zone or policy that the rule belongs to
 * @param ports the ports that it keeps out
 * @param sure whether it surely does; else it depends on what cannot be known
 * @param counted whether, for all of the ports, a rule of the table counts packets or connections,
 *     so that one connection may get through where many at once do not
 */
public record Blocker(
    Manager manager,
    FilterTable.Syntax syntax,
    String family,
    String table,
    String base,
    String chain,
    String rule,
    Optional<Zone> zone,
    PortSet ports,
    boolean sure,
    boolean counted) {

  /** Returns the command that changes the table, where it is one of iptables. */
  public String command() {
    return (family.equals("ip6") ? "ip6tables" : "iptables")
        + (syntax == FilterTable.Syntax.IPTABLES_LEGACY ? "-legacy" : "");
  }

  /** Who writes the rules of a table. */
  public enum Manager {
    /** firewalld. */
    FIREWALLD,
    /** Ubuntu's ufw. */
    UFW,
    /** Nobody that is known. */
    NONE
  }

  /**
   * A zone or policy of firewalld.
   *
   * @param name the name
   * @param policy whether it is a policy
   * @param early whether the rule comes before the allowing ones, so that these do not help
   */
  public record Zone(String name, boolean policy, boolean early) {}
}
