package org.migratecheck.audit;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oshi.SystemInfo;
import oshi.software.os.OperatingSystem;

/**
 * Describes the machine that runs the audit: who asked, from where, by which clock. OSHI takes a
 * quarter of a second to load, so this runs beside the collecting.
 */
final class AuditingMachine {
  private final CompletableFuture<Map<String, String>> description;

  private AuditingMachine(CompletableFuture<Map<String, String>> description) {
    this.description = description;
  }

  /**
   * Starts describing in a thread of its own.
   *
   * @param wanted false for stored evidence, which says the same on every machine
   */
  static AuditingMachine describe(boolean wanted) {
    CompletableFuture<Map<String, String>> result = new CompletableFuture<>();
    if (!wanted) {
      result.complete(Map.of());
      return new AuditingMachine(result);
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(read());
              } catch (RuntimeException | LinkageError e) {
                result.complete(basics());
              }
            },
            "auditing-machine");
    thread.setDaemon(true);
    thread.start();
    return new AuditingMachine(result);
  }

  /** Returns the description; only what Java itself knows when OSHI takes too long. */
  Map<String, String> get() {
    try {
      return description.get(2, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return basics();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return basics();
    }
  }

  private static Map<String, String> basics() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("user", System.getProperty("user.name", ""));
    values.put("time zone", ZoneId.systemDefault().getId());
    return values;
  }

  private static Map<String, String> read() {
    OperatingSystem os = new SystemInfo().getOperatingSystem();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("machine", os.getNetworkParams().getHostName());
    values.putAll(basics());
    values.put("system", os.toString());
    return values;
  }
}
