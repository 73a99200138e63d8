package studbook.backfill;

/** What the dispatching thread waits for, which is what limits the rate. */
final class Bound {

  private volatile String name = "the start";

  void waitsFor(String what) {
    name = what;
  }

  String name() {
    return name;
  }
}
