package studbook.store.pedigree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTableBuilder;
import studbook.store.pedigree.KinExtent.KinUse;

/**
 * Reads some horses and their kin: what a whole pedigree has that can change their ancestors or
 * figures. These are
 *
 * <ul>
 *   <li>their ancestors, of any generation or of so many as a chart shows; the sire of a mare
 *       without a row is he whom all her foals name as their damsire, so her foals are read;
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
   * Horses and their ancestors. A damsire counts as an ancestor, since he is the sire of a dam
   * without a row. Generations are counted (:counted is 1) only to read a few of them: then an
   * ancestor is found once for each of its distances, else once, so that a cycle ends.
   */
  private static final String ANCESTORS =
      """
      WITH RECURSIVE kin (horse_id, generation) AS (
        SELECT begun.id COLLATE "default", begun.generation FROM unnest(:horses::text[], :begun::integer[]) AS begun (id, generation)
        UNION
        SELECT studbook.parent_horse(parent.id, parent.name) COLLATE "default", kin.generation + :counted * parent.distance
        FROM kin
        CROSS JOIN LATERAL (
          SELECT p.sire_id::text, p.sire::text, p.dam_id::text, p.dam::text, p.damsire_id::text, p.damsire::text
          FROM ra_horse_pedigree p WHERE p.horse_id = kin.horse_id
          UNION ALL
          SELECT a.sire_id, a.sire, a.dam_id, a.dam, a.damsire_id, a.damsire
          FROM studbook.ancestor a WHERE a.horse_id = kin.horse_id AND a.status IN ('found', 'basic')
        ) record (sire_id, sire, dam_id, dam, damsire_id, damsire)
        CROSS JOIN LATERAL (VALUES (record.sire_id, record.sire, 1), (record.dam_id, record.dam, 1),
          (record.damsire_id, record.damsire, 2)
        ) parent (id, name, distance)
        WHERE kin.generation + :counted * parent.distance <= :generations
          AND studbook.parent_horse(parent.id, parent.name) IS NOT NULL
      )
      SELECT horse_id, min(generation) AS generation FROM kin GROUP BY horse_id
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

  /** Whose ancestors were read, with their generations: 0 for all if all are read. */
  private final Map<String, Integer> kin = new HashMap<>();

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
    Map<String, Integer> next = new HashMap<>();
    subjects.forEach(horse -> next.put(horse, 0));
    while (!next.isEmpty()) {
      Map<String, Integer> ancestors = ancestors(next, extent);
      ancestors.forEach((horse, generation) -> kin.merge(horse, generation, Math::min));
      readRows(ancestors.keySet());
      readRows(
          extent.use() == KinUse.CHART
              ? offspring(withoutRow(below(extent.generations())), Set.of(), Set.of())
              : offspring(kin.keySet(), ancestralDams(), Set.of()));
      next.clear();
      next.putAll(furtherDamsires(extent));
    }
    readOffspring(extent.use() == KinUse.FAMILY ? withParents(subjects) : withoutRow(subjects));
  }

  /** The kin of the generations before one. */
  private Set<String> below(int generation) {
    Set<String> below = new HashSet<>();
    kin.forEach((horse, its) -> {
      if (its < generation) {
        below.add(horse);
      }
    });
    return below;
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

  /** Horses with their ancestors, and the least generation of each. */
  private Map<String, Integer> ancestors(Map<String, Integer> horses, KinExtent extent) {
    List<String> ids = List.copyOf(horses.keySet());
    Map<String, Integer> ancestors = new HashMap<>();
    handle
        .createQuery(ANCESTORS)
        .bindArray("horses", String.class, ids)
        .bindArray("begun", Integer.class, ids.stream().map(horses::get).toList())
        .bind("counted", distance(extent))
        .bind("generations", extent.generations())
        .map((row, _) -> ancestors.put(row.getString("horse_id"), row.getInt("generation")))
        .list();
    return ancestors;
  }

  /** What the distance of a parent adds to a generation. */
  private static int distance(KinExtent extent) {
    return extent.hasAllGenerations() ? 0 : 1;
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
      if (row.dam() != null && kin.containsKey(row.id())) {
        dams.add(row.dam());
      }
    }
    return dams;
  }

  /** Those that foals of the mares name, whose own ancestors were not all read. */
  private Map<String, Integer> furtherDamsires(KinExtent extent) {
    Map<String, Integer> damsires = new HashMap<>();
    for (AnimalRow row : rows) {
      Integer dam = row.dam() == null ? null : kin.get(row.dam());
      if (dam != null && row.damsire() != null) {
        int generation = dam + distance(extent);
        if (generation <= extent.generations()
            && generation < kin.getOrDefault(row.damsire(), Integer.MAX_VALUE)) {
          damsires.merge(row.damsire(), generation, Math::min);
        }
      }
    }
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
