package studbook.store.pedigree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTableBuilder;

/**
 * Reads some horses and their kin: what a whole pedigree has that can change their ancestors or
 * figures. These are
 *
 * <ul>
 *   <li>their ancestors, of any generation; the sire of a mare without a row is he whom all her
 *       foals name as their damsire, so her foals are read;
 *   <li>for {@link KinExtent#FIGURES} all foals of all mares among these, since the intervals
 *       between them and the damsires that they name tell whether a link is in error; and the
 *       offspring of an ancestor in the other role, which make it a sire and a dam;
 *   <li>for {@link KinExtent#FAMILY} the offspring of the horses and of their parents, and the
 *       foals of these, for the same reasons.
 * </ul>
 *
 * <p>The statements do not depend on the number of generations, so a distant server costs a few
 * round trips. To be used within one transaction, by one thread.
 */
final class KinReader {

  /** Every prefix may name a horse in every role. */
  private static final List<String> PREFIXES = List.of("hrs_", "sir_", "dam_", "dsi_");

  private static final Pattern NUMBERED = Pattern.compile("hrs_([0-9]+)");

  /**
   * Horses and their ancestors, each once, so that a cycle ends. A damsire counts as an ancestor,
   * since he is the sire of a dam without a row.
   */
  private static final String ANCESTORS =
      """
      WITH RECURSIVE kin (horse_id) AS (
        SELECT unnest(:horses)::text COLLATE "default"
        UNION
        SELECT studbook.parent_horse(parent.id, parent.name) COLLATE "default"
        FROM kin
        CROSS JOIN LATERAL (
          SELECT p.sire_id::text, p.sire::text, p.dam_id::text, p.dam::text, p.damsire_id::text, p.damsire::text
          FROM ra_horse_pedigree p WHERE p.horse_id = kin.horse_id
          UNION ALL
          SELECT a.sire_id, a.sire, a.dam_id, a.dam, a.damsire_id, a.damsire
          FROM studbook.ancestor a WHERE a.horse_id = kin.horse_id AND a.status IN ('found', 'basic')
        ) record (sire_id, sire, dam_id, dam, damsire_id, damsire)
        CROSS JOIN LATERAL (VALUES (record.sire_id, record.sire), (record.dam_id, record.dam), (record.damsire_id, record.damsire)
        ) parent (id, name)
        WHERE studbook.parent_horse(parent.id, parent.name) IS NOT NULL
      )
      SELECT horse_id FROM kin
      """;

  /** Each part uses an index of its own, where there is one. */
  private static final String OFFSPRING =
      """
      SELECT p.horse_id::text FROM ra_horse_pedigree p JOIN unnest(:dams) AS named (id) ON named.id = p.dam_id
      UNION
      SELECT p.horse_id::text FROM ra_horse_pedigree p JOIN unnest(:sires) AS named (id) ON named.id = p.sire_id
      UNION
      SELECT p.horse_id::text FROM ra_horse_pedigree p JOIN unnest(:damsires) AS named (id) ON named.id = p.damsire_id
      WHERE cardinality(:damsires) > 0
      UNION
      SELECT a.horse_id FROM studbook.ancestor a JOIN unnest(:dams) AS named (id) ON named.id = a.dam_id
      UNION
      SELECT a.horse_id FROM studbook.ancestor a JOIN unnest(:sires) AS named (id) ON named.id = a.sire_id
      UNION
      SELECT a.horse_id FROM studbook.ancestor a JOIN unnest(:damsires) AS named (id) ON named.id = a.damsire_id
      WHERE cardinality(:damsires) > 0
      """;

  private final Handle handle;
  private final HorseRecordReader records;

  /** Whose ancestors were read. */
  private final Set<String> kin = new HashSet<>();

  private final List<AnimalRow> rows = new ArrayList<>();
  private final Set<String> askedIds = new HashSet<>();
  private final Set<String> askedDams = new HashSet<>();
  private final Set<String> askedSires = new HashSet<>();

  KinReader(Handle handle, AnimalTableBuilder builder) {
    this.handle = handle;
    this.records = new HorseRecordReader(handle, builder);
  }

  /** Reads them. A horse without a record is in the table if a record names it. */
  void read(Collection<String> horses, KinExtent extent) {
    Set<String> subjects = Set.copyOf(horses);
    Set<String> next = subjects;
    while (!next.isEmpty()) {
      List<String> ancestors = ancestors(next);
      kin.addAll(ancestors);
      readRows(ancestors);
      readRows(
          extent == KinExtent.ANCESTORS
              ? offspring(withoutRow(kin), Set.of(), Set.of())
              : offspring(kin, ancestralDams(), Set.of()));
      next = furtherDamsires();
    }
    readOffspring(extent == KinExtent.FAMILY ? withParents(subjects) : withoutRow(subjects));
  }

  /** Reads the offspring of horses in every role, also mares without a row, and their foals. */
  private void readOffspring(Set<String> parents) {
    if (parents.isEmpty()) {
      return;
    }
    Set<String> offspring = new HashSet<>(offspring(parents, parents, parents));
    readRows(offspring);
    for (AnimalRow row : rows) {
      if (row.dam() != null && row.damsire() != null && parents.contains(row.damsire())) {
        offspring.add(row.dam());
      }
    }
    readRows(offspring);
    readRows(offspring(offspring, Set.of(), Set.of()));
  }

  private void readRows(Collection<String> ids) {
    List<String> unread = ids.stream().filter(askedIds::add).toList();
    if (!unread.isEmpty()) {
      records.read(unread, rows::add);
    }
  }

  private List<String> ancestors(Collection<String> horses) {
    return handle
        .createQuery(ANCESTORS)
        .bindArray("horses", String.class, horses)
        .mapTo(String.class)
        .list();
  }

  /** The ids of those that name horses as dam, sire or damsire and were not asked for. */
  private List<String> offspring(Set<String> dams, Set<String> sires, Set<String> damsires) {
    return handle
        .createQuery(OFFSPRING)
        .bindArray("dams", String.class, names(dams.stream().filter(askedDams::add)))
        .bindArray("sires", String.class, names(sires.stream().filter(askedSires::add)))
        .bindArray("damsires", String.class, names(damsires.stream()))
        .mapTo(String.class)
        .list();
  }

  private Set<String> ancestralDams() {
    Set<String> dams = new HashSet<>();
    for (AnimalRow row : rows) {
      if (row.dam() != null && kin.contains(row.id())) {
        dams.add(row.dam());
      }
    }
    return dams;
  }

  /** Those that foals of the mares name, whose own ancestors were not read. */
  private Set<String> furtherDamsires() {
    Set<String> damsires = new HashSet<>();
    for (AnimalRow row : rows) {
      if (row.dam() != null && kin.contains(row.dam()) && row.damsire() != null) {
        damsires.add(row.damsire());
      }
    }
    damsires.removeAll(kin);
    return damsires;
  }

  private Set<String> withoutRow(Set<String> horses) {
    Set<String> left = new HashSet<>(horses);
    rows.forEach(row -> left.remove(row.id()));
    return left;
  }

  /** With the damsires that foals name, since he is the sire of a dam without a row. */
  private Set<String> withParents(Set<String> horses) {
    Set<String> all = new HashSet<>(horses);
    for (AnimalRow row : rows) {
      if (horses.contains(row.id())) {
        addIfKnown(row.sire(), all);
        addIfKnown(row.dam(), all);
      }
      if (row.dam() != null && horses.contains(row.dam())) {
        addIfKnown(row.damsire(), all);
      }
    }
    return all;
  }

  private static void addIfKnown(@Nullable String horse, Set<String> horses) {
    if (horse != null) {
      horses.add(horse);
    }
  }

  /** The ids by which records may name horses as parents. */
  private static Object[] names(Stream<String> horses) {
    return horses
        .map(NUMBERED::matcher)
        .filter(Matcher::matches)
        .flatMap(number -> PREFIXES.stream().map(prefix -> prefix + number.group(1)))
        .toArray();
  }
}
