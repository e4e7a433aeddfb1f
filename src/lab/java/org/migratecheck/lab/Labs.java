package org.migratecheck.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The labs of a run: several side by side, since a fault also waits. Each is started when there is
 * work for it. {@code -Dlab.parallel=N} says how many there may be (default: one for each core, or
 * one in all where several cores start processes no faster than one, as in some virtual machines:
 * labs side by side then only miss deadlines).
 */
final class Labs implements AutoCloseable {
  /** How many labs there may be at once. */
  static final int LIMIT = Math.max(1, Integer.getInteger("lab.parallel", Cores.useful()));

  /**
   * How often a case may be tried: a machine with other work can be too slow for a deadline. What
   * failed first is written down all the same.
   */
  static final int TRIES = Integer.getInteger("lab.tries", 3);

  private final Deque<Lab> free = new ArrayDeque<>();
  private final List<Lab> all = new ArrayList<>();

  /**
   * A piece of work that needs a lab.
   *
   * @param name the test's name
   * @param work what is done; the lab may be in any state at the beginning and at the end
   */
  record Job(String name, Consumer<Lab> work) {}

  Labs() {
    Failures.begin();
    Tool.warmUp();
  }

  /** Returns the lab for tests that run one after another: the one that {@code lab} means. */
  Lab first() {
    Lab lab = take();
    give(lab);
    return lab;
  }

  /** Starts jobs side by side; each test waits for its own, and fails where it failed. */
  Stream<DynamicTest> run(List<Job> jobs) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(LIMIT, jobs.size())),
            task -> {
              Thread thread = new Thread(task, "lab");
              thread.setDaemon(true);
              return thread;
            });
    var tests = new ArrayList<DynamicTest>();
    for (Job job : jobs) {
      Future<?> future = threads.submit(() -> inLab(job));
      tests.add(DynamicTest.dynamicTest(job.name(), () -> await(future)));
    }
    threads.shutdown(); // when all is done
    return tests.stream();
  }

  private void inLab(Job job) {
    Lab lab = take();
    try {
      for (int left = TRIES; left > 0; left--) {
        try {
          job.work().accept(lab);
          return;
        } catch (RuntimeException | AssertionError e) {
          Failures.note(job.name(), e);
          if (left == 1) {
            throw e;
          }
          lab.touchAll();
        }
      }
    } finally {
      give(lab);
    }
  }

  private static void await(Future<?> future) throws Throwable {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private Lab take() {
    int number;
    synchronized (this) {
      if (!free.isEmpty()) {
        return free.pop();
      }
      number = all.size();
      all.add(null);
    }
    Lab lab = Lab.up(number, Lab.A, Lab.B);
    synchronized (this) {
      all.set(number, lab);
    }
    return lab;
  }

  private synchronized void give(Lab lab) {
    free.push(lab);
  }

  @Override
  public synchronized void close() {
    for (Lab lab : all) {
      if (lab != null) {
        lab.close();
      }
    }
  }
}
