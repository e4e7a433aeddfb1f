package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.MigrationPlan.After;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.Move;
import org.migratecheck.model.Move.Result;

/** What becomes of the guests behind one that was not moved. */
final class MoveQueueTest {
  private static final List<GuestPlan> GUESTS = List.of(guest("a"), guest("b"), guest("c"));

  @Test
  void allGuestsMoveInTheirOrder() throws Exception {
    assertThat(run(new MoveQueue(1, false), Map.of()))
        .extracting(Move::guest, Move::result)
        .containsExactly(moved("a"), moved("b"), moved("c"));
  }

  @Test
  void afterAFailureTheRestStays() throws Exception {
    assertThat(run(new MoveQueue(1, false), Map.of("b", Result.FAILED)))
        .extracting(Move::result)
        .containsExactly(Result.MOVED, Result.FAILED, Result.NOT_STARTED);
  }

  @Test
  void failuresCanBePassedOver() throws Exception {
    assertThat(run(new MoveQueue(1, true), Map.of("a", Result.REFUSED, "b", Result.FAILED)))
        .extracting(Move::result)
        .containsExactly(Result.REFUSED, Result.FAILED, Result.MOVED);
  }

  @Test
  void aStopByAPersonEndsAllOfIt() throws Exception {
    for (Result result : List.of(Result.ABORTED, Result.LEFT_RUNNING)) {
      assertThat(run(new MoveQueue(1, true), Map.of("a", result)))
          .extracting(Move::result)
          .containsExactly(result, Result.NOT_STARTED, Result.NOT_STARTED);
    }
  }

  @Test
  void someMoveAtATime() throws Exception {
    CountDownLatch together = new CountDownLatch(2);
    List<Move> moves =
        new MoveQueue(2, false)
            .run(
                GUESTS.subList(0, 2),
                List.of(),
                guest -> {
                  together.countDown();
                  return move(guest, together.await(10, TimeUnit.SECONDS));
                });
    assertThat(moves).extracting(Move::result).containsExactly(Result.MOVED, Result.MOVED);
  }

  @Test
  void whatStopsTheRunIsPassedOn() {
    assertThatThrownBy(
            () ->
                new MoveQueue(1, true)
                    .run(
                        GUESTS,
                        List.of(),
                        guest -> {
                          throw new IOException("no report");
                        }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  private static List<Move> run(MoveQueue queue, Map<String, Result> results) throws Exception {
    return queue.run(
        GUESTS,
        List.of(),
        guest ->
            MoveQueue.unmoved(
                guest, results.getOrDefault(guest.name(), Result.MOVED), "", List.of()));
  }

  private static Move move(GuestPlan guest, boolean good) {
    return MoveQueue.unmoved(guest, good ? Result.MOVED : Result.FAILED, "", List.of());
  }

  private static org.assertj.core.groups.Tuple moved(String guest) {
    return org.assertj.core.api.Assertions.tuple(guest, Result.MOVED);
  }

  private static GuestPlan guest(String name) {
    return new GuestPlan(
        name, name, "running", "", false, new After(true, false, false), List.of(), List.of());
  }
}
