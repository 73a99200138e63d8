package studbook.cli.figures;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.pedigree.ancestry.LinebreedingEntry;

/** The family of a horse as JSON. */
public record FamilyJson(
    String horseId,
    Optional<String> name,
    List<RelativeJson> tailMale,
    List<RelativeJson> tailFemale,
    List<String> rasmussenIds,
    List<RelativeJson> fullSiblings,
    List<RelativeJson> maternalSiblings,
    List<RelativeJson> paternalSiblings,
    List<RelativeJson> offspring,
    List<GroupJson> offspringByYear,
    List<GroupJson> offspringByRegion,
    List<GroupJson> offspringByColour) {

  /** A relative. */
  public record RelativeJson(String horseId, Optional<String> name, Optional<Integer> birthYear) {}

  /** The number of offspring with one year, region or colour. */
  public record GroupJson(String group, int horses) {}

  /** The family of a horse. */
  public static FamilyJson of(FamilyLines family) {
    return new FamilyJson(
        family.table().id(family.horse()),
        family.table().name(family.horse()),
        relatives(family, family.tailMale()),
        relatives(family, family.tailFemale()),
        family.rasmussen().stream()
            .map(LinebreedingEntry::ancestor)
            .map(family.table()::id)
            .toList(),
        relatives(family, family.fullSiblings()),
        relatives(family, family.maternalSiblings()),
        relatives(family, family.paternalSiblings()),
        relatives(family, family.offspring()),
        groups(family.offspringByYear()),
        groups(family.offspringByRegion()),
        groups(family.offspringByColour()));
  }

  private static List<RelativeJson> relatives(FamilyLines family, List<Integer> animals) {
    return animals.stream()
        .map(animal ->
            new RelativeJson(
                family.table().id(animal),
                family.table().name(animal),
                family.table().born(animal).map(born -> born.year())))
        .toList();
  }

  private static List<GroupJson> groups(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> new GroupJson(entry.getKey(), entry.getValue()))
        .toList();
  }
}
