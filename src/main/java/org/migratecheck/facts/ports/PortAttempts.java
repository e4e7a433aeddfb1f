package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Undetermined;

/**
 * What the source saw when it tried the ports of the destination's migration range.
 *
 * @param tool what tried them; empty where the source has nothing that can
 * @param unresolved the resolver's words where the announced name did not resolve
 * @param rounds one per address, in the order of the attempts; each but the first holds only the
 *     ports that were not proven before
 * @param from when it began, in seconds of the source's clock
 * @param to when it ended
 */
public record PortAttempts(
    Optional<String> tool,
    Optional<String> unresolved,
    List<Round> rounds,
    double from,
    double to) {
  /** Read from the probe {@code migration-connect} on the source. */
  public static final Fact<PortAttempts> FACT =
      new Fact<>(
          "portAttempts",
          Fact.Place.LINK_SOURCE,
          List.of("migration-connect"),
          outputs -> new Reader(outputs.host()).read(outputs.ok("migration-connect/ports")));

  /** Copies the list. */
  public PortAttempts {
    rounds = List.copyOf(rounds);
  }

  /** How an attempt ended. */
  public enum State {
    /** The destination's listener answered with the token of this run. */
    PROVEN,
    /** Somebody accepted the connection and did not know the token. */
    OPEN,
    /** A reset or an ICMP "port unreachable" came back. */
    REFUSED,
    /** Nothing came back. */
    TIMEOUT,
    /** No route, or an ICMP "unreachable" or "prohibited" came back. */
    UNREACHABLE,
    /** The source's own kernel did not let it out. */
    DENIED,
    /** Any other failure. */
    FAILED
  }

  /**
   * All attempts at one address.
   *
   * @param address the address
   * @param proven ports that ended so
   * @param open likewise
   * @param refused likewise
   * @param silent ports that timed out
   * @param unreachable ports that were unreachable, denied, or failed otherwise
   * @param data the transfer of 64 KiB on one of the proven ports, where it was tried
   */
  public record Round(
      String address,
      PortSet proven,
      PortSet open,
      PortSet refused,
      PortSet silent,
      PortSet unreachable,
      Optional<Data> data) {
    /** Returns all ports that were tried at this address. */
    public PortSet tried() {
      return proven.plus(open).plus(refused).plus(silent).plus(unreachable);
    }
  }

  /**
   * A transfer of 64 KiB to the listener.
   *
   * @param port the port
   * @param arrived whether the listener confirmed it
   */
  public record Data(int port, boolean arrived) {}

  /** Returns the ports that were proven at any address. */
  public PortSet proven() {
    return rounds.stream().map(Round::proven).reduce(PortSet.NONE, PortSet::plus);
  }

  /** Returns the ports that were tried. */
  public PortSet tried() {
    return rounds.stream().map(Round::tried).reduce(PortSet.NONE, PortSet::plus);
  }

  /** Returns the transfers that were tried. */
  public Stream<Data> transfers() {
    return rounds.stream().flatMap(r -> r.data().stream());
  }

  /** Reads the probe's lines. */
  private static final class Reader {
    private final String host;
    private final List<Round> rounds = new ArrayList<>();
    private String address = "";
    private final BitSet[] states = new BitSet[State.values().length];
    private Optional<Data> data = Optional.empty();

    Reader(String host) {
      this.host = host;
      clear();
    }

    PortAttempts read(String text) {
      Optional<String> tool = Optional.empty();
      Optional<String> unresolved = Optional.empty();
      double from = 0;
      double to = 0;
      for (String line : text.lines().toList()) {
        String[] words = line.strip().split(" ", -1);
        switch (words[0]) {
          case "none" -> {
            return new PortAttempts(Optional.empty(), Optional.empty(), List.of(), 0, 0);
          }
          case "tool" -> tool = Optional.of(word(words, 1));
          case "unresolved" -> unresolved = Optional.of(line.strip());
          case "from" -> from = Listener.seconds(host, word(words, 1));
          case "to" -> to = Listener.seconds(host, word(words, 1));
          case "address" -> {
            flush();
            address = word(words, 1);
          }
          case "port" -> states[state(word(words, 2)).ordinal()].set(PortSet.port(word(words, 1)));
          case "data" ->
              data =
                  Optional.of(new Data(PortSet.port(word(words, 1)), word(words, 3).equals("ok")));
          default -> throw unreadable();
        }
      }
      flush();
      if (tool.isEmpty() || (to == 0 && unresolved.isEmpty())) {
        throw unreadable();
      }
      return new PortAttempts(tool, unresolved, rounds, from, to);
    }

    private void flush() {
      if (!address.isEmpty()) {
        BitSet unreachable = (BitSet) states[State.UNREACHABLE.ordinal()].clone();
        unreachable.or(states[State.DENIED.ordinal()]);
        unreachable.or(states[State.FAILED.ordinal()]);
        rounds.add(
            new Round(
                address,
                set(State.PROVEN),
                set(State.OPEN),
                set(State.REFUSED),
                set(State.TIMEOUT),
                PortSet.of(unreachable),
                data));
      }
      clear();
    }

    private void clear() {
      for (int i = 0; i < states.length; i++) {
        states[i] = new BitSet();
      }
      data = Optional.empty();
    }

    private PortSet set(State state) {
      return PortSet.of(states[state.ordinal()]);
    }

    private State state(String word) {
      for (State state : State.values()) {
        if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
          return state;
        }
      }
      throw unreadable();
    }

    private String word(String[] words, int index) {
      if (words.length <= index) {
        throw unreadable();
      }
      return words[index];
    }

    private Undetermined unreadable() {
      return new Undetermined(
          host + ": what it saw of the migration ports is cut or not readable",
          "Collect the evidence again.");
    }
  }
}
