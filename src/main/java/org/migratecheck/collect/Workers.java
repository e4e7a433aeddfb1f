package org.migratecheck.collect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks side by side in a bounded number of daemon threads. */
final class Workers implements AutoCloseable {
  private final int parallel;
  private final AskedTime asked;
  private final List<ExecutorService> pools = new ArrayList<>();

  /**
   * Creates workers.
   *
   * @param parallel how many tasks at once
   * @param asked the time that does not count
   */
  Workers(int parallel, AskedTime asked) {
    this.parallel = parallel;
    this.asked = asked;
  }

  /**
   * Returns the results in the order of the tasks. A task that fails gives nothing, and so does one
   * that has escaped its own limit when all tasks could have ended.
   *
   * @param limit how long one task may take; tasks keep it themselves
   */
  <T> List<Optional<T>> runAll(List<Callable<T>> tasks, Duration limit) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    int threads = Math.min(parallel, tasks.size());
    int rounds = (tasks.size() + threads - 1) / threads;
    ExecutorService pool = daemons(threads);
    synchronized (pools) {
      pools.add(pool);
    }
    long end = System.nanoTime() + limit.toNanos() * rounds - asked.nanos();
    try {
      List<Future<T>> futures = tasks.stream().map(pool::submit).toList();
      List<Optional<T>> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(await(future, end));
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return tasks.stream().map(t -> Optional.<T>empty()).toList();
    } finally {
      pool.shutdownNow();
    }
  }

  private <T> Optional<T> await(Future<T> future, long end) throws InterruptedException {
    while (true) {
      long left = end + asked.nanos() - System.nanoTime();
      try {
        return Optional.of(future.get(Math.max(0, left), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        if (end + asked.nanos() - System.nanoTime() <= 0) {
          future.cancel(true);
          return Optional.empty();
        }
      } catch (CancellationException | ExecutionException e) {
        return Optional.empty();
      }
    }
  }

  /** Interrupts whatever still runs. */
  @Override
  public void close() {
    synchronized (pools) {
      pools.forEach(ExecutorService::shutdownNow);
    }
  }

  private static ExecutorService daemons(int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "collect-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
