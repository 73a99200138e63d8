package studbook.backfill.progress;

/** What the dispatcher's thread waits for, and so what limits the rate. Safe for many threads. */
public final class BottleneckTracker {

  private volatile String name = "the start";

  public void set(String bottleneck) {
    name = bottleneck;
  }

  public String name() {
    return name;
  }
}
