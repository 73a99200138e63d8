package studbook.store.run;

import studbook.store.table.TableCounts;

/**
 * What a plan would take, counted but not written.
 *
 * @param census the user's tables as they stand
 * @param toDo horses that the run would ask for
 * @param settled horses left out because a run of the last 90 days settled them without a date of
 *     birth
 * @param noIds rows whose id is none of The Racing API
 * @param missing ids of the selection that ra_horses lacks
 * @param alreadyEnriched ids of the selection that have a date of birth; with {@link
 *     HorseSelection#incomplete}, every field
 * @param incomplete of the selection, or of all horses, those that have a date of birth, lack
 *     another field, and were not confirmed lately
 * @param waiting horses left out because they failed lately
 */
public record PlanCounts(
    TableCounts census,
    long toDo,
    long settled,
    long noIds,
    long missing,
    long alreadyEnriched,
    long incomplete,
    RetryDelays waiting) {}
