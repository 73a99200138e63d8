package studbook.cli.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import studbook.inbreeding.AnimalLabel;
import studbook.model.SafeText;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;

/** The family of a horse for people. */
public record FamilyText(FamilyLines family, AnsiStyle style) {

  private static final int LISTED = 20;
  private static final int LONGEST_KEY = 20;

  /** The lines, not yet wrapped. */
  public List<String> lines() {
    AnimalLabel label = new AnimalLabel(family.table());
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(label.nameAndId(family.horse())));
    lines.add(line("Tail-male line", family.tailMale()));
    lines.add(line("Tail-female line", family.tailFemale()));
    lines.add(
        "Rasmussen factor: "
            + (family.rasmussen().isEmpty()
                ? "none"
                : family.rasmussen().stream()
                    .map(mare -> label.name(mare.ancestor()) + " " + mare.notation())
                    .collect(Collectors.joining(", "))));
    lines.add(siblings("Full siblings", family.fullSiblings()));
    lines.add(siblings("Half-siblings out of the dam", family.maternalSiblings()));
    lines.add(siblings("Half-siblings by the sire", family.paternalSiblings()));
    lines.add(siblings("Offspring", family.offspring()));
    if (!family.offspring().isEmpty()) {
      lines.add("  by year: " + counts(family.offspringByYear()));
      lines.add("  by region: " + counts(family.offspringByRegion()));
      lines.add("  by colour: " + counts(family.offspringByColour()));
    }
    return lines;
  }

  private String line(String title, List<Integer> animals) {
    AnimalLabel label = new AnimalLabel(family.table());
    return title
        + ", "
        + HumanFormat.count(animals.size(), "generation")
        + (animals.isEmpty()
            ? ""
            : animals.stream().map(label::name).collect(Collectors.joining(" - ", ": ", "")));
  }

  private String siblings(String title, List<Integer> animals) {
    AnimalLabel label = new AnimalLabel(family.table());
    return title
        + ": "
        + HumanFormat.count(animals.size())
        + (animals.isEmpty() ? "" : ": ")
        + animals.stream()
            .limit(LISTED)
            .map(animal -> "%s %s".formatted(label.name(animal), label.year(animal)))
            .collect(Collectors.joining(", "))
        + (animals.size() > LISTED ? ", …" : "");
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry ->
            "%s %d".formatted(SafeText.excerpt(entry.getKey(), LONGEST_KEY), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
