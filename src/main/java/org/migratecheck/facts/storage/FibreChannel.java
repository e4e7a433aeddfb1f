package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The Fibre Channel adapters of a host and what they see (sysfs classes {@code fc_host} and {@code
 * fc_remote_ports}).
 *
 * @param ports the host's own ports
 * @param remotePorts the ports that the host sees
 */
public record FibreChannel(List<Port> ports, List<RemotePort> remotePorts) {
  /** The Fibre Channel ports of a host. */
  public static final Fact<FibreChannel> FACT =
      Fact.host("fibreChannel", "fibre-channel", FibreChannel::parse);

  /** Copies the lists. */
  public FibreChannel {
    ports = List.copyOf(ports);
    remotePorts = List.copyOf(remotePorts);
  }

  /**
   * A port of a host bus adapter.
   *
   * @param name the SCSI host, such as {@code host6}
   * @param wwpn its world-wide port name, such as {@code 0x20005254009a0002}
   * @param state such as {@code Online} or {@code Linkdown}
   */
  public record Port(String name, String wwpn, String state) {
    /** Returns whether it has a link. */
    public boolean online() {
      return state.equals("Online");
    }
  }

  /**
   * A port of another machine.
   *
   * @param name the kernel's name, such as {@code rport-6:0-0}
   * @param wwpn its world-wide port name
   * @param state such as {@code Online}, {@code Blocked} or {@code Not Present}
   * @param target whether it offers storage
   */
  public record RemotePort(String name, String wwpn, String state, boolean target) {
    /** Returns whether it can be reached. */
    public boolean online() {
      return state.equals("Online");
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the remote port of that kernel name. */
  public Optional<RemotePort> remotePort(String name) {
    return remotePorts.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** Returns whether any port has a link. */
  public boolean anyOnline() {
    return ports.stream().anyMatch(Port::online);
  }

  private static FibreChannel parse(Outputs outputs) {
    List<Port> ports = new ArrayList<>();
    Evidence.attributes(outputs, "fibre-channel/hosts", "/sys/class/fc_host")
        .forEach(
            (name, values) ->
                ports.add(
                    new Port(
                        name,
                        required(outputs, name, values, "port_name"),
                        required(outputs, name, values, "port_state"))));
    List<RemotePort> remote = new ArrayList<>();
    Evidence.attributes(outputs, "fibre-channel/remote-ports", "/sys/class/fc_remote_ports")
        .forEach(
            (name, values) ->
                remote.add(
                    new RemotePort(
                        name,
                        required(outputs, name, values, "port_name"),
                        required(outputs, name, values, "port_state"),
                        required(outputs, name, values, "roles").contains("Target"))));
    return new FibreChannel(ports, remote);
  }

  private static String required(
      Outputs outputs, String port, Map<String, String> values, String attribute) {
    return Optional.ofNullable(values.get(attribute))
        .orElseThrow(
            () ->
                new Undetermined(
                    outputs.host()
                        + ": nothing is known of '"
                        + attribute
                        + "' of Fibre Channel port "
                        + port));
  }
}
