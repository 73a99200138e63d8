package studbook.backfill.dispatch;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * The run that a process works on.
 *
 * @param worker this process
 * @param broken receives what should not happen; the run ends with that reason
 */
public record RunContext(long run, UUID worker, Consumer<Throwable> broken) {}
