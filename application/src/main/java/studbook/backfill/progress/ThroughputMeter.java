package studbook.backfill.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import studbook.time.Ticker;

/**
 * Horses a second, over the last five minutes or since the start, whichever is shorter. For one
 * thread.
 */
public final class ThroughputMeter {

  private static final long MEMORY = Duration.ofMinutes(5).toNanos();
  private static final long GRAIN = Duration.ofMillis(500).toNanos();

  private record CountSample(long at, long processed) {}

  private final Ticker ticker;
  private final ArrayDeque<CountSample> samples = new ArrayDeque<>();
  private long processed;

  public ThroughputMeter(Ticker ticker, long processed) {
    this.ticker = ticker;
    this.processed = processed;
    samples.add(new CountSample(ticker.nanos(), processed));
  }

  public void at(long processedNow) {
    processed = processedNow;
    long now = ticker.nanos();
    if (now - samples.getLast().at() >= GRAIN) {
      samples.addLast(new CountSample(now, processedNow));
    }
    while (samples.size() > 2 && now - samples.getFirst().at() > MEMORY) {
      samples.removeFirst();
    }
  }

  public double perSecond() {
    long nanos = ticker.nanos() - samples.getFirst().at();
    return nanos <= 0 ? 0 : (processed - samples.getFirst().processed()) * 1e9 / nanos;
  }
}
