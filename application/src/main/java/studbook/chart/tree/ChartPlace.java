package studbook.chart.tree;

/** What a chart shows in one place of a pedigree. */
public sealed interface ChartPlace {

  /** A recorded horse. */
  record HorsePlace(ChartHorse horse) implements ChartPlace {}

  /** A recorded horse that would be its own ancestor: the chart ends here. */
  record CyclePlace(ChartHorse horse) implements ChartPlace {}

  /** A place without a horse. */
  enum VacantPlace implements ChartPlace {
    /** A parent of a recorded horse. */
    NOT_RECORDED,
    /** An ancestor of one that is not recorded. */
    BEYOND
  }
}
