package studbook.store.run;

import studbook.store.table.TableCounts;

/**
 * The counts of a plan; nothing is written.
 *
 * @param counts the user's tables now
 * @param toDo horses that the run would request
 * @param completedLately horses skipped because a run of the last 90 days completed them without a
 *     date of birth
 * @param noIds rows whose id is not one of The Racing API
 * @param missing ids of the selection that ra_horses lacks
 * @param alreadyEnriched ids of the selection that have a date of birth; with {@link
 *     HorseSelection#incomplete}, every field
 * @param incomplete of the selection, or of all horses, those that have a date of birth, lack
 *     another field, and were not confirmed lately
 * @param delays horses skipped because they failed lately
 */
public record PlanCounts(
    TableCounts counts,
    long toDo,
    long completedLately,
    long noIds,
    long missing,
    long alreadyEnriched,
    long incomplete,
    RetryDelays delays) {}
