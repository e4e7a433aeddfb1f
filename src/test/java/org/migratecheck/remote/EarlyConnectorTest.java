package org.migratecheck.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostIdentity;

final class EarlyConnectorTest {
  private final AtomicInteger connected = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  @Test
  void connectsOnceBeforeAnybodyAsks() throws Exception {
    HostSpec host = HostSpec.parse("hostA");
    try (EarlyConnector early = new EarlyConnector((h, o) -> connection())) {
      early.begin(List.of(host), ConnectOptions.defaults());
      assertThat(early.connect(host, ConnectOptions.defaults()).identity().user()).isEqualTo("u");
      assertThat(connected).hasValue(1);
      early.connect(host, ConnectOptions.defaults());
      assertThat(connected).hasValue(2);
    }
  }

  @Test
  void theReasonOfAFailureIsKept() throws Exception {
    HostSpec host = HostSpec.parse("hostA");
    HostFailure failure = new HostFailure(HostFailure.Kind.REFUSED, "refused", "");
    try (EarlyConnector early =
        new EarlyConnector(
            (h, o) -> {
              throw new ConnectionException(failure);
            })) {
      early.begin(List.of(host), ConnectOptions.defaults());
      assertThatThrownBy(() -> early.connect(host, ConnectOptions.defaults()))
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }
  }

  @Test
  void whatNobodyAskedForIsClosed() throws Exception {
    EarlyConnector early = new EarlyConnector((h, o) -> connection());
    early.begin(
        List.of(HostSpec.parse("hostA"), HostSpec.parse("@x.json")), ConnectOptions.defaults());
    early.close();
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(connected).hasValue(1);
  }

  private HostConnection connection() {
    connected.incrementAndGet();
    return new HostConnection() {
      @Override
      public HostIdentity identity() {
        return new HostIdentity("ssh", "", 22, "u", "", false);
      }

      @Override
      public ScriptResult run(String script, ScriptLimits limits) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }
}
