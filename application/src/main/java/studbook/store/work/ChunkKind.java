package studbook.store.work;

import java.util.Locale;

/** What a chunk of a run contains. */
enum ChunkKind {
  /** A range of horses, requested one by one. */
  HORSES,
  /** Cached profiles of racecards that were read before. */
  CACHED,
  /** A racecard day. */
  RACECARD_DAY;

  /** As in the database. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
