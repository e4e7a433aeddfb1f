package org.migratecheck.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a piece of work that may hang (name resolution, a silent host, a stuck agent) in a thread of
 * its own and gives up on it from outside, phase by phase. Time that a person needs for an answer
 * does not count.
 *
 * <p>Giving up runs the registered aborts (close the socket, kill the process), which also makes
 * the worker's own blocking calls end.
 */
final class Patience {
  /** Work did not end in time. */
  static final class GaveUpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the work was doing, as in "while ...". */
    final String phase;

    /** How long it was waited for. */
    final Duration limit;

    GaveUpException(String phase, Duration limit) {
      super(phase);
      this.phase = phase;
      this.limit = limit;
    }
  }

  private final List<Runnable> aborts = new ArrayList<>();
  private String phase = "starting";
  private Duration limit = Duration.ofSeconds(10);
  private long deadline = System.nanoTime() + limit.toNanos();
  private long leftWhenPaused;
  private boolean paused;
  private boolean aborted;
  private boolean done;

  /**
   * Starts a new phase, called by the worker.
   *
   * @param what what the work is doing, as in "while ..."
   * @param longest how long the phase may take
   */
  synchronized void enter(String what, Duration longest) {
    phase = what;
    limit = longest;
    deadline = System.nanoTime() + longest.toNanos();
    notifyAll();
  }

  /** Registers what ends the work from outside; runs it at once when it is already too late. */
  void onAbort(Runnable action) {
    synchronized (this) {
      if (!aborted) {
        aborts.add(action);
        return;
      }
    }
    action.run();
  }

  /** Runs {@code question} with the clock stopped. */
  <T> T untimed(java.util.function.Supplier<T> question) {
    pause(true);
    try {
      return question.get();
    } finally {
      pause(false);
    }
  }

  private synchronized void pause(boolean on) {
    if (on) {
      leftWhenPaused = deadline - System.nanoTime();
    } else {
      deadline = System.nanoTime() + leftWhenPaused;
    }
    paused = on;
    notifyAll();
  }

  /**
   * Runs {@code work} in a daemon thread and waits for it.
   *
   * @throws ExecutionException with whatever {@code work} threw, an {@link Error} too
   * @throws GaveUpException when a phase took too long; the aborts have been run
   * @throws InterruptedException when the caller was interrupted; the aborts have been run
   */
  <T> T call(String threadName, Callable<T> work)
      throws ExecutionException, GaveUpException, InterruptedException {
    FutureTask<T> task =
        new FutureTask<>(work) {
          @Override
          protected void done() {
            finished();
          }
        };
    Thread thread = new Thread(task, threadName);
    thread.setDaemon(true);
    thread.start();
    try {
      awaitDone();
    } catch (GaveUpException | InterruptedException e) {
      abort();
      throw e;
    }
    return task.get();
  }

  private synchronized void finished() {
    done = true;
    notifyAll();
  }

  private synchronized void awaitDone() throws GaveUpException, InterruptedException {
    while (!done) {
      if (paused) {
        wait();
        continue;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new GaveUpException(phase, limit);
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  /** Returns whether the work was given up; its result must then be closed by the worker. */
  synchronized boolean isAborted() {
    return aborted;
  }

  private void abort() {
    List<Runnable> actions;
    synchronized (this) {
      aborted = true;
      actions = List.copyOf(aborts);
    }
    actions.forEach(Runnable::run);
  }
}
