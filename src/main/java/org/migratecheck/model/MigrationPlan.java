package org.migratecheck.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done once the verdict is READY: for every guest the exact commands, to be reviewed
 * and later executed. Its age is that of the evidence in the report that holds it.
 *
 * @param id SHA-256 over the report with this plan and an empty id, in hexadecimal; empty before
 *     the plan is sealed
 * @param settings how guests are moved
 * @param source the machine that guests leave
 * @param destination the machine they go to
 * @param uri how the source reaches the destination's libvirt
 * @param guests one for every guest, in the order in which they are moved
 */
public record MigrationPlan(
    String id,
    Settings settings,
    Machine source,
    Machine destination,
    String uri,
    List<GuestPlan> guests) {
  /** Copies the list. */
  public MigrationPlan {
    guests = List.copyOf(guests);
  }

  /** Returns the same plan under another id. */
  public MigrationPlan withId(String newId) {
    return new MigrationPlan(newId, settings, source, destination, uri, guests);
  }

  /** Whether the guest runs while its memory is sent. */
  public enum Mode {
    /** It runs; only at the end it stands still for a moment. */
    @JsonProperty("live")
    LIVE,
    /** It is suspended, moved and resumed. */
    @JsonProperty("offline")
    OFFLINE;

    /** Returns the word used on the command line. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What happens when a live migration takes longer than allowed. */
  public enum OnTimeout {
    /** The guest is suspended, so that the rest is sent while it stands still. */
    @JsonProperty("suspend")
    SUSPEND,
    /**
     * The guest goes on at the destination and fetches missing memory; if either host or the link
     * fails then, the guest is lost.
     */
    @JsonProperty("postcopy")
    POSTCOPY,
    /** The migration is ended; the guest stays on the source. */
    @JsonProperty("abort")
    ABORT;

    /** Returns the word used on the command line. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * How guests are moved.
   *
   * @param mode live or offline
   * @param timeoutSeconds after which {@code onTimeout} happens; 0 for never
   * @param onTimeout what then happens
   * @param bandwidthMib the most that is sent, in MiB/s; 0 for libvirt's default
   * @param maxDowntimeMillis the longest pause to aim at; 0 leaves the guest's setting
   * @param parallelConnections over how many connections memory is sent; 0 for one, as libvirt does
   * @param tls whether the memory is sent encrypted by TLS
   * @param persistent whether the destination keeps a definition; empty: where the source has one
   * @param undefineSource whether the source's definition goes
   * @param keepAutostart whether a guest that starts with its host does so on the destination too
   */
  public record Settings(
      Mode mode,
      int timeoutSeconds,
      OnTimeout onTimeout,
      int bandwidthMib,
      int maxDowntimeMillis,
      int parallelConnections,
      boolean tls,
      Optional<Boolean> persistent,
      boolean undefineSource,
      boolean keepAutostart) {
    /** Live, without limits, the definition moves along with its autostart mark. */
    public static final Settings DEFAULTS =
        new Settings(Mode.LIVE, 0, OnTimeout.ABORT, 0, 0, 0, false, Optional.empty(), true, true);
  }

  /**
   * What makes a host the same machine again.
   *
   * @param host its name as typed
   * @param hostKey the SSH host key's type and fingerprint; empty for the local machine
   * @param machineId {@code /etc/machine-id}
   * @param hostUuid the UUID by which libvirt tells hosts apart
   */
  public record Machine(String host, String hostKey, String machineId, String hostUuid) {}

  /**
   * One guest's way.
   *
   * @param name its name
   * @param uuid its UUID
   * @param state libvirt's word for its state, such as {@code running}
   * @param definitionSha256 SHA-256 over its definition and its live XML without the memory balloon
   * @param agent whether a guest agent was connected
   * @param after what must hold afterwards
   * @param steps the commands in their order
   * @param afterwards what will be different afterwards, in words
   */
  public record GuestPlan(
      String name,
      String uuid,
      String state,
      String definitionSha256,
      boolean agent,
      After after,
      List<Step> steps,
      List<String> afterwards) {
    /** Copies the lists. */
    public GuestPlan {
      steps = List.copyOf(steps);
      afterwards = List.copyOf(afterwards);
    }
  }

  /**
   * What must hold after a move.
   *
   * @param persistent whether the destination has a definition
   * @param autostart whether it starts with the destination
   * @param sourceDefinition whether the source keeps a definition
   */
  public record After(boolean persistent, boolean autostart, boolean sourceDefinition) {}

  /** When a step is done. */
  public enum When {
    /** Before the move; the move does not begin when it fails. */
    @JsonProperty("before")
    BEFORE,
    /** The move itself. */
    @JsonProperty("move")
    MOVE,
    /** After a move that succeeded. */
    @JsonProperty("after")
    AFTER
  }

  /**
   * One command, run as root.
   *
   * @param when when
   * @param host where, as typed
   * @param command the command and its arguments, each exactly one word
   */
  public record Step(When when, String host, List<String> command) {
    /** Copies the list. */
    public Step {
      command = List.copyOf(command);
    }
  }
}
