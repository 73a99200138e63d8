package studbook.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartHorse;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;

/**
 * A chart as a file of GEDCOM 5.5.1, which programs for family trees read. Each horse is one
 * record, however often it repeats; a record that makes a horse its own ancestor is left out.
 */
final class GedcomDocument {

  /** Of a user reference number. */
  private static final int LONGEST_REFERENCE = 20;

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  /** Parents, and the child where one parent is not known: two unknown parents are not the same. */
  private record FamilyKey(
      Optional<ChartHorse> sire, Optional<ChartHorse> dam, Optional<ChartHorse> child) {}

  /** A horse's record: the family it was born in, and those in which it is a parent. */
  private static final class IndividualRecord {
    final String id;
    Optional<FamilyRecord> born = Optional.empty();
    final List<FamilyRecord> parentIn = new ArrayList<>();
    final Set<Sex> roles = EnumSet.noneOf(Sex.class);

    IndividualRecord(String id) {
      this.id = id;
    }
  }

  private static final class FamilyRecord {
    final String id;
    final List<IndividualRecord> children = new ArrayList<>();

    FamilyRecord(String id) {
      this.id = id;
    }
  }

  private final Map<ChartHorse, IndividualRecord> individuals = new LinkedHashMap<>();
  private final Map<FamilyKey, FamilyRecord> families = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private GedcomDocument(AncestorTree tree) {
    tree.numbers().forEach(number -> tree.horse(number).ifPresent(this::individual));
    tree.numbers()
        .filter(number -> AncestorTree.generation(number) < tree.generations())
        .forEach(number ->
            tree.horse(number)
                .ifPresent(
                    child -> addFamily(child, tree.horse(2 * number), tree.horse(2 * number + 1))));
  }

  static String of(AncestorTree tree) {
    GedcomDocument document = new GedcomDocument(tree);
    document.write();
    return document.text.toString();
  }

  private IndividualRecord individual(ChartHorse horse) {
    return individuals.computeIfAbsent(
        horse, _ -> new IndividualRecord("@I%d@".formatted(individuals.size() + 1)));
  }

  private void addFamily(ChartHorse child, Optional<ChartHorse> sire, Optional<ChartHorse> dam) {
    IndividualRecord record = individual(child);
    if (record.born.isPresent() || (sire.isEmpty() && dam.isEmpty())) {
      return;
    }
    boolean whole = sire.isPresent() && dam.isPresent();
    FamilyKey key = new FamilyKey(sire, dam, whole ? Optional.empty() : Optional.of(child));
    FamilyRecord family = families.get(key);
    if (family == null) {
      family = new FamilyRecord("@F%d@".formatted(families.size() + 1));
      families.put(key, family);
      addParent(family, sire, Sex.MALE);
      addParent(family, dam, Sex.FEMALE);
    }
    family.children.add(record);
    record.born = Optional.of(family);
  }

  private void addParent(FamilyRecord family, Optional<ChartHorse> parent, Sex role) {
    if (parent.isPresent()) {
      IndividualRecord record = individual(parent.get());
      record.roles.add(role);
      if (!record.parentIn.contains(family)) {
        record.parentIn.add(family);
      }
    }
  }

  private void write() {
    line("0 HEAD");
    line("1 SOUR STUDBOOK");
    line("2 NAME Studbook");
    line("1 SUBM @U1@");
    line("1 GEDC");
    line("2 VERS 5.5.1");
    line("2 FORM LINEAGE-LINKED");
    line("1 CHAR UTF-8");
    line("0 @U1@ SUBM");
    line("1 NAME Studbook");
    individuals.forEach(this::write);
    families.forEach(this::write);
    line("0 TRLR");
  }

  private void write(ChartHorse horse, IndividualRecord record) {
    line("0 %s INDI".formatted(record.id));
    line("1 NAME " + value(horse.label()).replace('/', ' ')); // slashes enclose a surname
    line("1 SEX " + sex(horse.sex(), record.roles));
    if (horse.born().isPresent()) {
      line("1 BIRT");
      line("2 DATE " + date(horse.born().get()));
    }
    if (!horse.colour().isEmpty()) {
      line("1 DSCR " + value(horse.colour()));
    }
    if (horse.id().length() <= LONGEST_REFERENCE) {
      line("1 REFN " + value(horse.id()));
    } else {
      line("1 NOTE ID: " + value(horse.id()));
    }
    record.born.ifPresent(family -> line("1 FAMC " + family.id));
    record.parentIn.forEach(family -> line("1 FAMS " + family.id));
  }

  private void write(FamilyKey parents, FamilyRecord family) {
    line("0 %s FAM".formatted(family.id));
    parents.sire().ifPresent(sire -> line("1 HUSB " + individual(sire).id));
    parents.dam().ifPresent(dam -> line("1 WIFE " + individual(dam).id));
    family.children.forEach(child -> line("1 CHIL " + child.id));
  }

  /** A sire is male and a dam female; a horse that is both has no sex but a recorded one. */
  private static String sex(Sex recorded, Set<Sex> roles) {
    return switch (recorded) {
      case MALE, GELDING -> "M";
      case FEMALE -> "F";
      case UNKNOWN -> roles.size() == 1 ? sex(roles.iterator().next(), Set.of()) : "U";
    };
  }

  /** {@code 27 MAY 1961}, or the year alone. */
  private static String date(BirthDate born) {
    return born.day()
        .map(GedcomDocument::date)
        .orElse(String.format(Locale.ROOT, "%04d", born.year()));
  }

  private static String date(LocalDate day) {
    return "%d %s %04d"
        .formatted(day.getDayOfMonth(), MONTHS.get(day.getMonthValue() - 1), day.getYear());
  }

  /** A text of one line, in which an at sign is doubled. */
  private static String value(String text) {
    return text.replace("@", "@@");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
