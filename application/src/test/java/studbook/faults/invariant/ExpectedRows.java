package studbook.faults.invariant;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.ProfileAvailability;

/** The simulated API's values of a horse by column. */
public final class ExpectedRows {

  private ExpectedRows() {}

  /** The columns of ra_horses; a blank means no value. */
  public static Map<String, @Nullable String> horse(HorseRecord horse) {
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    boolean detailed = horse.availability() == ProfileAvailability.DETAILED;
    columns.put("dob", detailed ? text(horse.dob()) : null);
    columns.put("sex", detailed ? horse.sex() : null);
    columns.put("sex_code", detailed ? horse.sexCode() : null);
    columns.put("colour", detailed ? horse.colour() : null);
    columns.put("colour_code", detailed ? horse.colourCode() : null);
    columns.put("region", region(horse));
    return columns;
  }

  /** The columns of ra_horse_pedigree; empty if no parent is known. */
  public static Optional<Map<String, @Nullable String>> pedigree(HorseRecord horse) {
    if (horse.sire() == null && horse.dam() == null && horse.damsire() == null) {
      return Optional.empty();
    }
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    parent(columns, "sire", "sir_", horse.sire());
    parent(columns, "dam", "dam_", horse.dam());
    parent(columns, "damsire", "dsi_", horse.damsire());
    if (horse.damsire() != null && hasBareDamsire(horse)) {
      columns.put("damsire", horse.damsire().name());
    }
    columns.put(
        "breeder", horse.availability() == ProfileAvailability.DETAILED ? horse.breeder() : null);
    columns.put("region", region(horse));
    return Optional.of(columns);
  }

  /** The standard profiles of some horses name the damsire without the suffix. */
  private static boolean hasBareDamsire(HorseRecord horse) {
    String id = horse.id();
    return horse.availability() == ProfileAvailability.BASIC
        && (id.charAt(id.length() - 1) - '0') % 3 == 0;
  }

  private static void parent(
      Map<String, @Nullable String> columns,
      String role,
      String prefix,
      @Nullable ParentRef parent) {
    columns.put(role + "_id", parent == null ? null : prefix + parent.number());
    columns.put(role, parent == null ? null : parent.fullName());
  }

  private static @Nullable String region(HorseRecord horse) {
    return horse.region() == null ? null : horse.region().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : Objects.toString(value);
  }
}
