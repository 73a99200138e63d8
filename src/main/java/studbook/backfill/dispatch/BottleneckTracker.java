package studbook.backfill.dispatch;

/** What the dispatching thread waits for, which is what limits the rate. */
public final class BottleneckTracker {

  private volatile String name = "the start";

  void waitsFor(String what) {
    name = what;
  }

  public String name() {
    return name;
  }
}
