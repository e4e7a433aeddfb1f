package org.migratecheck.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How the move of one guest will go, as far as that can be told beforehand. Sizes are in bytes,
 * rates in bytes per second, times in milliseconds; -1 where it is not known.
 *
 * @param source the host that it leaves
 * @param destination the host that it goes to
 * @param guest its name
 * @param outlook whether a live migration ends
 * @param memoryBytes how much memory is to be sent once
 * @param dirtyBytesPerSecond how much of it changes in the first second
 * @param workingSetBytes how much of it is written again and again; all of it where no end was seen
 * @param bandwidthBytesPerSecond how fast it can be sent
 * @param bandwidthFrom where that is known from
 * @param neededBytesPerSecond the slowest bandwidth at which a live migration surely ends
 * @param roundTripMicros how long a packet and its answer take, in microseconds
 * @param diskBytesPerSecond how much the guest writes to its disks, which matters where storage is
 *     copied along
 * @param maxPauseMillis the longest pause that libvirt aims at
 * @param liveMillis how long a live migration takes; -1 also where it does not end
 * @param pauseMillis how long the guest then stands still; where it does not end, how long it would
 *     if it were suspended to end it
 * @param offlineMillis how long the guest stands still when it is moved suspended
 * @param certainty how sure this is
 * @param doubts why it is not surer
 */
public record Forecast(
    String source,
    String destination,
    String guest,
    Outlook outlook,
    long memoryBytes,
    long dirtyBytesPerSecond,
    long workingSetBytes,
    long bandwidthBytesPerSecond,
    BandwidthFrom bandwidthFrom,
    long neededBytesPerSecond,
    long roundTripMicros,
    long diskBytesPerSecond,
    long maxPauseMillis,
    long liveMillis,
    long pauseMillis,
    long offlineMillis,
    Certainty certainty,
    List<Doubt> doubts) {
  /** Copies the list. */
  public Forecast {
    doubts = List.copyOf(doubts);
  }

  /** Whether a live migration ends. */
  public enum Outlook {
    /** It does. */
    CONVERGES("converges"),
    /** It may or may not. */
    BORDERLINE("borderline"),
    /** The guest changes its memory faster than it can be sent. */
    WILL_NOT_CONVERGE("will not converge"),
    /** Too little is known. */
    UNKNOWN("unknown");

    private final String label;

    Outlook(String label) {
      this.label = label;
    }

    /** Returns how people write it. */
    public String label() {
      return label;
    }
  }

  /** Where a bandwidth is known from. */
  public enum BandwidthFrom {
    /** Data was sent through SSH. */
    @JsonProperty("measured")
    MEASURED,
    /** The speed of the network cards less what is in use. */
    @JsonProperty("nominal")
    NOMINAL,
    /** The limit that libvirt has for the guest, which is slower than the link. */
    @JsonProperty("limit")
    LIMIT,
    /** It is not known. */
    @JsonProperty("unknown")
    UNKNOWN;

    /** Returns how people write it. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** How sure a forecast is. */
  public enum Certainty {
    /** There is no reason to doubt it. */
    GOOD,
    /** There is one. */
    FAIR,
    /** There are several, or something was not known at all. */
    POOR;

    /** Returns how people write it. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why a forecast is not surer. */
  public enum Doubt {
    /** QEMU compares contents. */
    EQUAL_BYTES(
        "its processors are busy, and memory that is rewritten with equal bytes does not count as"
            + " changed in the sampling, though it has to be sent again"),
    /** The class depends on sampling errors, or on what is too fast to be seen. */
    CLOSE("it is close: the error of the samples decides"),
    /** There is no rate. */
    NO_RATE("libvirt or QEMU of the source did not sample how fast it changes its memory"),
    /** There is no bandwidth. */
    NO_BANDWIDTH(
        "the speed of the link is not known, as virtual network cards do not tell it;"
            + " --measure-bandwidth measures it"),
    /** Cards never carry all that they promise, and others use the network, too. */
    NOMINAL("the speed of the network cards was taken; --measure-bandwidth measures the link"),
    /** Rarely does one connection fill more. */
    ONE_CONNECTION("a single connection rarely carries more than 10 Gbit/s, which was taken"),
    /** SSH is limited by one processor. */
    THROUGH_SSH("it was measured through SSH, and QEMU may send faster"),
    /** How much is in use is not known. */
    ALL_MEMORY("how much of its memory is in use is not known, so all of it was taken");

    private final String text;

    Doubt(String text) {
      this.text = text;
    }

    /** Returns the reason for people. */
    public String text() {
      return text;
    }
  }
}
