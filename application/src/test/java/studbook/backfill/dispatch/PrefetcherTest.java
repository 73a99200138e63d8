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
    Prefetcher prefetcher =
        new Prefetcher(() -> {
          slow.await();
          return pieces.remove();
        });
    prefetcher.start(executor::submit);
    prefetcher.start(executor::submit);
    slow.countDown();
    assertThat(prefetcher.awaitFetched()).isTrue();
    assertThat(pieces).hasSize(2);
  }

  @Test
  void fetchesAgainAfterAResultUnlessExhausted() throws Exception {
    Deque<Boolean> pieces = new ArrayDeque<>(List.of(true, false, true));
    Prefetcher prefetcher = new Prefetcher(pieces::remove);
    for (int i = 0; i < 4; i++) {
      prefetcher.start(executor::submit);
      executor.submit(() -> {}).get();
    }
    assertThat(pieces).hasSize(1);
    assertThat(prefetcher.awaitFetched()).isFalse();
    prefetcher.start(executor::submit);
    assertThat(prefetcher.awaitFetched()).isTrue();
  }

  @Test
  void aFailureIsThrownToTheCaller() {
    Prefetcher prefetcher =
        new Prefetcher(() -> {
          throw new IllegalArgumentException("no");
        });
    prefetcher.start(executor::submit);
    assertThatThrownBy(prefetcher::awaitFetched).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsFetchedWithoutARequest() throws Exception {
    assertThat(new Prefetcher(() -> true).awaitFetched()).isFalse();
  }
}
