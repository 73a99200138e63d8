package studbook.archive;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A file that an archive job wrote or would write.
 *
 * @param content {@code errors}, {@code work-items} or {@code log}
 * @param rows that were moved to it; of a log, 1
 * @param bytes of the whole file; empty before it is written
 */
public record ArchivedFile(
    String content, YearMonth month, long rows, Path file, Optional<Long> bytes) {}
