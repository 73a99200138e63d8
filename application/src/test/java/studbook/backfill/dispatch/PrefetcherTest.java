package studbook.backfill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More work comes while the present is given out. */
class PrefetcherTest {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void repeatedRequestsFetchOnce() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Deque<Boolean> pieces = new ArrayDeque<>(List.of(true, true, false));
    Prefetcher supply =
        new Prefetcher(() -> {
          slow.await();
          return pieces.remove();
        });
    supply.start(executor::submit);
    supply.start(executor::submit);
    slow.countDown();
    assertThat(supply.awaitFetched()).isTrue();
    assertThat(pieces).hasSize(2);
  }

  @Test
  void fetchesAgainAfterAResultUnlessExhausted() throws Exception {
    Deque<Boolean> pieces = new ArrayDeque<>(List.of(true, false, true));
    Prefetcher supply = new Prefetcher(pieces::remove);
    for (int i = 0; i < 4; i++) {
      supply.start(executor::submit);
      executor.submit(() -> {}).get();
    }
    assertThat(pieces).hasSize(1);
    assertThat(supply.awaitFetched()).isFalse();
    supply.start(executor::submit);
    assertThat(supply.awaitFetched()).isTrue();
  }

  @Test
  void aFailureIsThrownToTheCaller() {
    Prefetcher supply =
        new Prefetcher(() -> {
          throw new IllegalArgumentException("no");
        });
    supply.start(executor::submit);
    assertThatThrownBy(supply::awaitFetched).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsFetchedWithoutARequest() throws Exception {
    assertThat(new Prefetcher(() -> true).awaitFetched()).isFalse();
  }
}
