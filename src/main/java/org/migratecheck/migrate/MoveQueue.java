package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.Move;
import org.migratecheck.model.Move.Result;
import org.migratecheck.model.Move.Stage;

/**
 * Moves guests one after the other, or some at a time. After one that was not moved the rest is not
 * begun, unless failures are to be passed over; a stop by a person ends the queue in any case.
 *
 * @param parallel how many guests move at a time, at least 1
 * @param keepGoing whether the rest goes on after a failure
 */
public record MoveQueue(int parallel, boolean keepGoing) {

  /** Moves one guest. */
  public interface Mover {
    /**
     * Moves {@code guest} and tells what became of it.
     *
     * @throws Exception where the run cannot go on at all
     */
    Move move(GuestPlan guest) throws Exception;
  }

  /**
   * Moves all, and returns one move for each guest, in their order.
   *
   * @param planned the stages of a guest that is not begun
   * @throws ExecutionException with what a mover threw
   */
  public List<Move> run(List<GuestPlan> guests, List<Stage> planned, Mover mover)
      throws ExecutionException, InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<Move>> futures = new ArrayList<>();
      for (GuestPlan guest : guests) {
        futures.add(
            workers.submit(
                () -> {
                  if (stop.get()) {
                    return notStarted(guest, planned);
                  }
                  Move move = mover.move(guest);
                  if (ends(move)) {
                    stop.set(true);
                  }
                  return move;
                }));
      }
      List<Move> moves = new ArrayList<>();
      for (Future<Move> future : futures) {
        moves.add(future.get());
      }
      return moves;
    } finally {
      workers.shutdown();
    }
  }

  private boolean ends(Move move) {
    return (move.result() != Result.MOVED && !keepGoing)
        || move.result() == Result.LEFT_RUNNING
        || move.result() == Result.ABORTED;
  }

  /** Returns the move of a guest that was not begun, as one before it was not moved. */
  public static Move notStarted(GuestPlan guest, List<Stage> planned) {
    return unmoved(guest, Result.NOT_STARTED, "an earlier guest was not moved", planned);
  }

  /** Returns the move of a guest with which nothing was done. */
  public static Move unmoved(GuestPlan guest, Result result, String why, List<Stage> stages) {
    return new Move(
        guest.name(), guest.uuid(), result, why, stages, Optional.empty(), List.of(), List.of());
  }
}
