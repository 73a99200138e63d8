package studbook.simulator.http;

/**
 * A limit in a true sliding window: at a rate {@code r}, no {@code n/r} seconds may have more than
 * {@code n = ⌈r⌉} arrivals; refused arrivals count. Not thread-safe.
 */
public final class SlidingWindow {

  private static final double NANOS = 1e9;

  private final long[] ring;
  private final long nanos;
  private long arrivals;

  /**
   * @param rate requests a second; infinite is no limit
   */
  public SlidingWindow(double rate) {
    boolean unlimited = Double.isInfinite(rate);
    int most = unlimited ? 0 : (int) Math.ceil(rate);
    this.ring = new long[most];
    this.nanos = unlimited ? 0 : Math.round(most / rate * NANOS);
  }

  /** Counts an arrival; true if it is within the limit. Times must not decrease. */
  public boolean tryAcquire(long now) {
    if (ring.length == 0) {
      return true;
    }
    int place = (int) (arrivals % ring.length);
    boolean admitted = arrivals < ring.length || now - ring[place] >= nanos;
    ring[place] = now;
    arrivals++;
    return admitted;
  }
}
