package studbook.backfill.progress;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.model.drift.ApiDrift;

/** Logs differences of the API that were never seen before. */
public final class DriftLog {

  private static final Logger log = LoggerFactory.getLogger(DriftLog.class);

  private DriftLog() {}

  public static void logNew(List<ApiDrift> fresh) {
    fresh.forEach(drift -> log.warn("The API changed: {}; see `studbook drift`", drift.sentence()));
  }
}
