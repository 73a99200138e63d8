package studbook.simulator.population;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The full record of a horse, from which all API shapes are rendered. {@code null} is unknown to
 * the API.
 *
 * @param id {@code hrs_} and the number that names the horse as a parent too, see {@link #isId}
 * @param name bare, without suffix
 * @param region in upper case, {@code IRE}
 * @param sexCode C, F, G, H, M or R
 * @param colour in lower case, {@code b/br}; its code is the same in upper case
 */
public record HorseRecord(
    String id,
    String name,
    @Nullable String region,
    @Nullable LocalDate dob,
    @Nullable String sexCode,
    @Nullable String colour,
    @Nullable String breeder,
    @Nullable ParentRef sire,
    @Nullable ParentRef dam,
    @Nullable ParentRef damsire,
    ProfileAvailability availability) {

  private static final Pattern ID = Pattern.compile("hrs_[0-9]{1,18}");

  private static final Map<String, String> SEXES =
      Map.of("C", "colt", "F", "filly", "G", "gelding", "H", "horse", "M", "mare", "R", "rig");

  /** Whether a text is the id of a horse: {@code hrs_} and up to 18 digits. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The number behind the prefix, as it is written. */
  public String number() {
    return id.substring("hrs_".length());
  }

  /** {@code Winter Harbour (IRE)}. */
  public String fullName() {
    return suffixed(name, region);
  }

  /** The word for the sex code. */
  public @Nullable String sex() {
    return sexCode == null ? null : SEXES.get(sexCode);
  }

  public @Nullable String colourCode() {
    return colour == null ? null : colour.toUpperCase(Locale.ROOT);
  }

  static String suffixed(String name, @Nullable String region) {
    return region == null ? name : name + " (" + region + ")";
  }
}
