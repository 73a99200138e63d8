package studbook.backfill;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * The run that a process works on.
 *
 * @param worker this process
 * @param broken receives what should not happen; the run ends with that reason
 */
record RunContext(long run, UUID worker, Consumer<Throwable> broken) {}
