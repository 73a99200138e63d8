package studbook.store.pedigree;

import org.jspecify.annotations.Nullable;

/**
 * A row of studbook.pedigree_figures.
 *
 * @param sire that the figures use
 * @param dam that the figures use
 */
public record FigureRow(
    String horse,
    @Nullable String sire,
    @Nullable String dam,
    double inbreeding,
    double equivalentGenerations,
    int maxGenerations,
    int fullGenerations,
    double completenessIndex,
    int ancestors) {}
