package studbook.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartHorse;
import studbook.chart.tree.ChartNotes;
import studbook.chart.tree.ChartPlace;
import studbook.chart.tree.ChartPlace.CyclePlace;
import studbook.chart.tree.ChartPlace.HorsePlace;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.chart.tree.RepeatedAncestor;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;

/** A chart as JSON; docs/json.md describes the keys. */
public record ChartJson(
    String horseId,
    Optional<String> name,
    Optional<String> dob,
    Optional<Integer> birthYear,
    Optional<String> sex,
    Optional<String> colour,
    int generationCount,
    int ancestorPlaces,
    int recordedAncestors,
    List<AncestorJson> ancestors,
    List<RepeatedAncestorJson> repeatedAncestors,
    List<String> notes) {

  private record AncestorJson(
      int generation,
      String path,
      String status,
      Optional<String> horseId,
      Optional<String> name,
      Optional<String> dob,
      Optional<Integer> birthYear,
      Optional<String> sex,
      Optional<String> colour,
      Optional<String> mark) {

    static AncestorJson of(int number, ChartPlace place, Map<Integer, RepeatedAncestor> marks) {
      Optional<ChartHorse> horse =
          switch (place) {
            case HorsePlace recorded -> Optional.of(recorded.horse());
            case CyclePlace cycle -> Optional.of(cycle.horse());
            case VacantPlace _ -> Optional.empty();
          };
      return new AncestorJson(
          AncestorTree.generation(number),
          AncestorTree.path(number),
          status(place),
          horse.map(ChartHorse::id),
          horse.flatMap(ChartHorse::name),
          horse.flatMap(ChartJson::day),
          horse.flatMap(ChartHorse::born).map(BirthDate::year),
          horse.flatMap(ChartJson::sex),
          horse.flatMap(ChartJson::colour),
          Optional.ofNullable(marks.get(number)).map(RepeatedAncestor::mark));
    }

    private static String status(ChartPlace place) {
      return switch (place) {
        case HorsePlace _ -> "recorded";
        case CyclePlace _ -> "cycle";
        case VacantPlace _ -> "not_recorded";
      };
    }
  }

  private record RepeatedAncestorJson(
      String mark,
      String horseId,
      Optional<String> name,
      String linebreeding,
      List<String> paths,
      double bloodPercent,
      Optional<String> throughHorseId) {

    static RepeatedAncestorJson of(RepeatedAncestor ancestor) {
      return new RepeatedAncestorJson(
          ancestor.mark(),
          ancestor.horse().id(),
          ancestor.horse().name(),
          ancestor.places(),
          ancestor.numbers().stream().map(AncestorTree::path).toList(),
          ancestor.bloodPercent(),
          ancestor.through().map(ChartHorse::id));
    }
  }

  public static ChartJson of(AncestorTree tree) {
    ChartHorse subject = tree.subject();
    List<RepeatedAncestor> repeated = RepeatedAncestor.in(tree);
    Map<Integer, RepeatedAncestor> marks = RepeatedAncestor.byPlace(repeated);
    return new ChartJson(
        subject.id(),
        subject.name(),
        day(subject),
        subject.born().map(BirthDate::year),
        sex(subject),
        colour(subject),
        tree.generations(),
        tree.size(),
        tree.recorded(),
        tree.ancestors()
            .filter(number -> tree.place(number) != VacantPlace.BEYOND)
            .mapToObj(number -> AncestorJson.of(number, tree.place(number), marks))
            .toList(),
        repeated.stream().map(RepeatedAncestorJson::of).toList(),
        ChartNotes.of(tree));
  }

  private static Optional<String> day(ChartHorse horse) {
    return horse.born().flatMap(BirthDate::day).map(Object::toString);
  }

  private static Optional<String> sex(ChartHorse horse) {
    return Optional.of(horse.sex())
        .filter(sex -> sex != Sex.UNKNOWN)
        .map(sex -> sex.name().toLowerCase(Locale.ROOT));
  }

  private static Optional<String> colour(ChartHorse horse) {
    return Optional.of(horse.colour()).filter(colour -> !colour.isEmpty());
  }
}
