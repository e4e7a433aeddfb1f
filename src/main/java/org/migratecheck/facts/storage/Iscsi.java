package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The iSCSI initiator of a host (sysfs classes {@code iscsi_session} and {@code iscsi_connection}).
 *
 * @param initiator the initiator's name; empty where there is none
 * @param sessions the sessions
 */
public record Iscsi(String initiator, List<Session> sessions) {
  /** The iSCSI sessions of a host. */
  public static final Fact<Iscsi> FACT = Fact.host("iscsi", "iscsi", Iscsi::parse);

  private static final Pattern CONNECTION = Pattern.compile("connection([0-9]+):[0-9]+");

  /** Copies the list. */
  public Iscsi {
    sessions = List.copyOf(sessions);
  }

  /**
   * A session with a target.
   *
   * @param name the kernel's name, such as {@code session1}
   * @param target the target's name (IQN)
   * @param state such as {@code LOGGED_IN} or {@code FAILED}
   * @param address the portal's address; empty when the session has no connection
   * @param port the portal's port; empty when the session has no connection
   * @param initiator the name that the host logged in by, which may differ from the one in its
   *     file; empty where the kernel does not tell
   */
  public record Session(
      String name, String target, String state, String address, String port, String initiator) {
    /** Returns whether it works. */
    public boolean loggedIn() {
      return state.equals("LOGGED_IN");
    }

    /** Returns the portal as iscsiadm takes it. */
    public String portal() {
      if (address.isEmpty()) {
        return "";
      }
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the session of that kernel name. */
  public Optional<Session> session(String name) {
    return sessions.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /**
   * Returns the names by which the storage knows the host: those of its sessions, and the one of
   * the next login where a session does not tell or there is none.
   */
  public Set<String> namesInUse() {
    Set<String> names = new TreeSet<>();
    sessions.forEach(s -> names.add(s.initiator().isEmpty() ? initiator : s.initiator()));
    if (sessions.isEmpty()) {
      names.add(initiator);
    }
    names.remove("");
    return names;
  }

  /** Returns the names in use, and the name of the next login. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(namesInUse());
    if (!initiator.isEmpty()) {
      names.add(initiator);
    }
    return names;
  }

  /** Returns the sessions with a target. */
  public List<Session> with(String target) {
    return sessions.stream().filter(s -> s.target().equals(target)).toList();
  }

  private static Iscsi parse(Outputs outputs) {
    List<String> initiator = Evidence.lines(outputs, "iscsi/initiator");
    Map<String, Map<String, String>> connections =
        Evidence.attributes(outputs, "iscsi/connections", "/sys/class/iscsi_connection");
    List<Session> sessions = new ArrayList<>();
    Evidence.attributes(outputs, "iscsi/sessions", "/sys/class/iscsi_session")
        .forEach(
            (name, values) -> {
              Map<String, String> connection = connection(name, connections);
              sessions.add(
                  new Session(
                      name,
                      required(outputs, name, values, "targetname"),
                      required(outputs, name, values, "state"),
                      connection.getOrDefault("persistent_address", ""),
                      connection.getOrDefault("persistent_port", ""),
                      told(values.getOrDefault("initiatorname", ""))));
            });
    return new Iscsi(initiator.isEmpty() ? "" : initiator.get(0).strip(), sessions);
  }

  /** Connection {@code connection1:0} belongs to {@code session1}. */
  private static Map<String, String> connection(
      String session, Map<String, Map<String, String>> connections) {
    for (Map.Entry<String, Map<String, String>> e : connections.entrySet()) {
      Matcher matcher = CONNECTION.matcher(e.getKey());
      if (matcher.matches() && session.equals("session" + matcher.group(1))) {
        return e.getValue();
      }
    }
    return Map.of();
  }

  /** The kernel prints a name that it was not given as {@code (null)}. */
  private static String told(String value) {
    return value.equals("(null)") ? "" : value;
  }

  private static String required(
      Outputs outputs, String session, Map<String, String> values, String attribute) {
    return Optional.ofNullable(values.get(attribute))
        .orElseThrow(
            () ->
                new Undetermined(
                    outputs.host()
                        + ": nothing is known of '"
                        + attribute
                        + "' of iSCSI "
                        + session));
  }
}
