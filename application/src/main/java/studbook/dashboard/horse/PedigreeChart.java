package studbook.dashboard.horse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartHorse;
import studbook.chart.tree.ChartNotes;
import studbook.chart.tree.ChartPlace;
import studbook.chart.tree.ChartPlace.CyclePlace;
import studbook.chart.tree.ChartPlace.HorsePlace;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.chart.tree.RepeatedAncestor;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Sex;

/**
 * A pedigree as a table: a column for each generation, the sire above the dam.
 *
 * @param tree without the generations at its end that have no horse
 * @param rows from the top; a cell is in its first row
 * @param notes what is missing or wrong
 * @param lacksHorses whether an ancestor is not recorded, or known by name only
 */
public record PedigreeChart(
    AncestorTree tree,
    List<List<ChartCell>> rows,
    List<RepeatedAncestor> repeated,
    List<String> notes,
    boolean lacksHorses,
    @Nullable String sireId,
    @Nullable String damId) {

  public static final int FEWEST_GENERATIONS = 4;
  public static final int MOST_GENERATIONS = 5;

  /** Colours of repeated ancestors; more of them share colours, and letters tell them apart. */
  private static final int COLOURS = 12;

  private static final List<String> HEADINGS =
      List.of("Horse", "Parents", "Grandparents", "3rd generation", "4th generation");

  /**
   * A place of the chart.
   *
   * @param number of an ahnentafel
   * @param rows that it takes
   * @param text the name, or what is the matter
   * @param details colour and year of birth
   * @param horse the id; empty if there is none to go to
   * @param mark of a repeated ancestor
   */
  public record ChartCell(
      int number,
      int rows,
      int columns,
      String css,
      String text,
      String details,
      Optional<String> horse,
      Optional<RepeatedAncestor> mark) {

    /** Its classes. */
    public String classes() {
      return mark.map(ancestor -> css + " marked " + css(ancestor)).orElse(css);
    }

    /** {@code mark-3}: the class of a repeated ancestor's colour. */
    public static String css(RepeatedAncestor ancestor) {
      return "mark-" + ancestor.index() % COLOURS;
    }
  }

  /** Of an animal of a table. */
  static PedigreeChart of(AnimalTable animals, int subject, int generations) {
    AncestorTree asked = AncestorTree.of(animals, subject, generations);
    AncestorTree tree = asked.trimmed();
    List<RepeatedAncestor> repeated = RepeatedAncestor.in(tree);
    Map<Integer, RepeatedAncestor> marks = RepeatedAncestor.byPlace(repeated);
    int leaves = 1 << tree.generations();
    List<List<ChartCell>> rows = new ArrayList<>();
    IntStream.range(0, leaves).forEach(_ -> rows.add(new ArrayList<>()));
    tree.numbers()
        .filter(number -> tree.place(number) != VacantPlace.BEYOND)
        .forEach(number -> {
          int span = leaves >> AncestorTree.generation(number);
          int first = (number - (1 << AncestorTree.generation(number))) * span;
          rows.get(first)
              .addAll(cells(animals, tree, number, span, Optional.ofNullable(marks.get(number))));
        });
    boolean lacking =
        asked.recorded() < asked.size()
            || asked
                .ancestors()
                .anyMatch(number ->
                    asked.horse(number).filter(one -> !animals.hasRow(one.animal())).isPresent());
    return new PedigreeChart(
        tree,
        rows,
        repeated,
        ChartNotes.of(asked),
        lacking,
        id(animals, tree, 2),
        id(animals, tree, 3));
  }

  private static @Nullable String id(AnimalTable animals, AncestorTree tree, int number) {
    return tree.horse(number).map(horse -> animals.id(horse.animal())).orElse(null);
  }

  private static List<ChartCell> cells(
      AnimalTable animals,
      AncestorTree tree,
      int number,
      int span,
      Optional<RepeatedAncestor> mark) {
    int beyond = tree.generations() - AncestorTree.generation(number);
    ChartCell cell = cell(animals, tree.place(number), number, span, mark);
    boolean ends = !(tree.place(number) instanceof HorsePlace) && beyond > 0;
    return ends
        ? List.of(
            cell,
            new ChartCell(0, span, beyond, "beyond", "", "", Optional.empty(), Optional.empty()))
        : List.of(cell);
  }

  private static ChartCell cell(
      AnimalTable animals,
      ChartPlace place,
      int number,
      int span,
      Optional<RepeatedAncestor> mark) {
    return switch (place) {
      case HorsePlace(ChartHorse horse) -> {
        boolean stored = animals.hasRow(horse.animal());
        boolean male = number == 1 ? horse.sex() != Sex.FEMALE : AncestorTree.isSire(number);
        yield new ChartCell(
            number,
            span,
            1,
            (male ? "male" : "female") + (stored ? "" : " unstored"),
            horse.label(),
            number == 1 ? horse.detailsWithDay() : horse.details(),
            Optional.of(animals.id(horse.animal())),
            mark);
      }
      case CyclePlace(ChartHorse horse) ->
          new ChartCell(
              number,
              span,
              1,
              "cycle",
              horse.label(),
              "its own ancestor",
              Optional.of(animals.id(horse.animal())),
              mark);
      case VacantPlace _ ->
          new ChartCell(
              number,
              span,
              1,
              "vacant",
              AncestorTree.isSire(number) ? "sire not recorded" : "dam not recorded",
              "",
              Optional.empty(),
              Optional.empty());
    };
  }

  /** The headings of the columns. */
  public List<String> headings() {
    return IntStream.rangeClosed(0, tree.generations())
        .mapToObj(generation ->
            generation < HEADINGS.size() ? HEADINGS.get(generation) : generation + "th generation")
        .toList();
  }
}
