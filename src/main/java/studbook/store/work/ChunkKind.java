package studbook.store.work;

import java.util.Locale;

/** What a chunk of a run contains. */
enum ChunkKind {
  /** A range of horses, requested one by one. */
  HORSES,
  /** The cached profiles of racecards that were read before. */
  CACHED,
  /** One day of racecards. */
  RACECARD_DAY;

  /** As the database spells it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
