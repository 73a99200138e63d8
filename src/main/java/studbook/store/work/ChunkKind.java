package studbook.store.work;

import java.util.Locale;

/** What a piece of a run is. */
enum ChunkKind {
  /** A range of the ledger, asked for horse by horse. */
  RANGE,
  /** What is remembered of racecards read before. */
  KNOWN,
  /** A day of racecards. */
  DAY;

  /** As the piece's column spells it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
