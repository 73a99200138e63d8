package studbook.backfill.dispatch;

import studbook.store.statistics.Bottleneck;

/** What the dispatching thread waits for. Written by that thread, read by any. */
public final class BottleneckTracker {

  private volatile Bottleneck current = Bottleneck.STARTING;

  void waitsFor(Bottleneck bottleneck) {
    current = bottleneck;
  }

  public Bottleneck current() {
    return current;
  }
}
