package studbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.model.RawProfile.RawParent;

class ProfileValidatorTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T22:00:00Z"), ZoneId.of("America/Los_Angeles"));
  private static final HorseId HORSE = new HorseId("hrs_4711");
  private static final RawParent NOBODY = new RawParent(null, null);
  private static final Map<Field, Integer> WIDTHS =
      Map.of(
          Field.SEX,
          8,
          Field.COLOUR,
          10,
          Field.SIRE,
          20,
          Field.BREEDER,
          12,
          Field.REGION,
          2,
          Field.SIRE_ID,
          10);

  private static ProfileValidator.ValidationResult inspect(RawProfile raw) {
    return new ProfileValidator(CLOCK, Map.of()).inspect(HORSE, raw);
  }

  private static RawProfile dob(@Nullable String dob) {
    return new RawProfile(null, dob, null, null, null, null, null, NOBODY, NOBODY, NOBODY);
  }

  private static RawProfile sire(@Nullable String id, @Nullable String name) {
    return new RawProfile(
        null, null, null, null, null, null, null, new RawParent(id, name), NOBODY, NOBODY);
  }

  private static RawProfile breeder(String breeder) {
    return new RawProfile(null, null, null, null, null, null, breeder, NOBODY, NOBODY, NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1700-01-01", "2016-02-29", "2000-02-29", "2026-03-01", " 2017-04-02 "})
  void aRealDayFrom1700ToTodayIsWritten(String dob) {
    ProfileValidator.ValidationResult result = inspect(dob(dob));
    assertThat(result.profile().dob()).isEqualTo(LocalDate.parse(dob.strip()));
    assertThat(result.rejections()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2015-03-04T00:00:00Z",
        "2015-03-04T00:00:00",
        "2015-03-04T00:00:00.000Z",
        "2015-03-04T00:00:00+00:00",
        "2015-03-04T00:00",
        "2015-03-04 00:00:00",
        "2015-03-04T23:00:00Z",
        "2015-03-04T12:30",
        "2015-03-04T01:00:00.000+01:00",
        "2015/03/04",
        "2015.03.04",
        "2015-3-4",
        "20150304"
      })
  void anUnambiguousDayIsWrittenInAnyForm(String dob) {
    ProfileValidator.ValidationResult result = inspect(dob(dob));
    assertThat(result.profile().dob()).isEqualTo(LocalDate.of(2015, 3, 4));
    assertThat(result.rejections()).isEmpty();
  }

  @Test
  void theNumberOfAParentIsItsId() {
    assertThat(inspect(sire("31", "Night Ferry (GB)")).profile().pedigree().sire())
        .isEqualTo(new Parent("sir_31", "Night Ferry (GB)"));
  }

  @ParameterizedTest
  @CsvSource({
    "1699-12-31,before 1700",
    "0000-01-01,before 1700",
    "2026-03-02,in the future",
    "9999-12-31,in the future",
    "+12017-01-01,not a day of the calendar",
    "2015-02-29,not a day of the calendar",
    "1900-02-29,not a day of the calendar",
    "2015-02-30,not a day of the calendar",
    "2015-13-01,not a day of the calendar",
    "0000-00-00,not a day of the calendar",
    "02/04/2017,not a day of the calendar",
    "2017,not a day of the calendar",
    "2017-04-02T24:00:00Z,not a day of the calendar",
    "2017-04-02T23:00:00 or so,not a day of the calendar",
    "2017-04/02,not a day of the calendar",
    "1491091200,not a day of the calendar",
    "4 March 2015 or so,not a day of the calendar",
    "٢٠١٧-٠٤-٠٢,not a day of the calendar",
    "yesterday,not a day of the calendar"
  })
  void anyOtherDayIsLeftOutAndReported(String dob, String reason) {
    ProfileValidator.ValidationResult result = inspect(dob(dob));
    assertThat(result.profile().dob()).isNull();
    assertThat(result.rejections()).containsExactly(new RejectedValue(Field.DOB, dob, reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t\n",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "unknown",
        "UNKNOWN",
        " Unk ",
        "n/a",
        "-",
        "0",
        "Unnamed",
        "null",
        "Unnamed (GB)",
        "Unknown (IRE)",
        "- (FR)"
      })
  void aPlaceholderIsABlankAndNotReported(String blank) {
    ProfileValidator.ValidationResult result =
        inspect(sire(blank.contains("(") ? "" : blank, blank));
    assertThat(result.profile().pedigree().isKnown()).isFalse();
    assertThat(result.rejections()).isEmpty();
    if (!blank.contains("(")) {
      assertThat(inspect(breeder(blank)).profile().breeder()).isNull();
      assertThat(inspect(dob(blank)).rejections()).isEmpty();
    }
  }

  @Test
  void namesThatOnlyBeginLikePlaceholdersStay() {
    for (String name :
        List.of("Unknown Soldier (GB)", "Nil Desperandum", "Zero", "O'Brien", "Ünal (GER)")) {
      assertThat(inspect(sire(null, name)).profile().pedigree().sire().name()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dam_12,not sir_ and digits",
    "hrs_12,not sir_ and digits",
    "sir_,not sir_ and digits",
    "sir_1x,not sir_ and digits",
    "SIR_12,not sir_ and digits",
    "sir_1234567890123456789,not sir_ and digits",
    "sir_4711,the horse's own number",
    "sir_004711,the horse's own number"
  })
  void aParentsIdThatCannotBeIsLeftOutAndItsNameStays(String id, String reason) {
    ProfileValidator.ValidationResult result = inspect(sire(id, "Night Ferry (GB)"));
    assertThat(result.profile().pedigree().sire()).isEqualTo(new Parent(null, "Night Ferry (GB)"));
    assertThat(result.rejections()).containsExactly(new RejectedValue(Field.SIRE_ID, id, reason));
  }

  @Test
  void theNumberZeroIsNoParent() {
    assertThat(inspect(sire("sir_0", null)).profile().pedigree().isKnown()).isFalse();
    assertThat(inspect(sire("sir_0", null)).rejections()).isEmpty();
  }

  @Test
  void sexCodesAreSixLettersInEitherCase() {
    for (String code : List.of("C", "f", "G", "m", "H", "r")) {
      RawProfile raw =
          new RawProfile(null, null, null, code, null, null, null, NOBODY, NOBODY, NOBODY);
      assertThat(inspect(raw).profile().sexCode()).isEqualTo(code.toUpperCase(Locale.ROOT));
    }
    RawProfile wrong =
        new RawProfile(null, null, null, "X", null, null, null, NOBODY, NOBODY, NOBODY);
    assertThat(inspect(wrong).profile().sexCode()).isNull();
    assertThat(inspect(wrong).rejections()).hasSize(1);
  }

  @Test
  void aValueIsAsWideAsItsColumnAndNoWider() {
    ProfileValidator narrow = new ProfileValidator(CLOCK, WIDTHS);
    assertThat(narrow.inspect(HORSE, breeder("twelve chars")).profile().breeder())
        .isEqualTo("twelve chars");
    assertThat(narrow.inspect(HORSE, breeder("\ud83d\udc0e".repeat(12))).profile().breeder())
        .isNotNull();
    ProfileValidator.ValidationResult wide = narrow.inspect(HORSE, breeder("thirteen char"));
    assertThat(wide.profile().breeder()).isNull();
    assertThat(wide.rejections())
        .containsExactly(
            new RejectedValue(
                Field.BREEDER, "thirteen char", "wider than the column's 12 characters"));
  }

  /** Whatever comes, what is let through obeys every rule, and what was left out is told. */
  @Test
  void theRulesHoldForRandomInput() {
    ProfileValidator narrow = new ProfileValidator(CLOCK, WIDTHS);
    for (long seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      RawProfile raw =
          new RawProfile(
              text(random),
              text(random),
              text(random),
              text(random),
              text(random),
              text(random),
              text(random),
              new RawParent(text(random), text(random)),
              new RawParent(text(random), text(random)),
              new RawParent(text(random), text(random)));
      ProfileValidator.ValidationResult result = narrow.inspect(HORSE, raw);
      Profile profile = result.profile();
      if (profile.dob() != null) {
        assertThat(profile.dob()).as("seed %d", seed).isBetween(LocalDate.of(1700, 1, 1), TODAY);
      }
      if (profile.sexCode() != null) {
        assertThat(Set.of("C", "F", "G", "M", "H", "R"))
            .as("seed %d", seed)
            .contains(profile.sexCode());
      }
      assertParent(seed, "sir_", profile.pedigree().sire());
      assertParent(seed, "dam_", profile.pedigree().dam());
      assertParent(seed, "dsi_", profile.pedigree().damsire());
      List<@Nullable String> texts = new ArrayList<>();
      texts.add(profile.sex());
      texts.add(profile.colour());
      texts.add(profile.colourCode());
      texts.add(profile.region());
      texts.add(profile.breeder());
      texts.add(profile.pedigree().sire().name());
      texts.add(profile.pedigree().dam().name());
      texts.add(profile.pedigree().damsire().name());
      for (String text : texts) {
        if (text != null) {
          assertThat(text)
              .as("seed %d", seed)
              .isNotBlank()
              .isEqualTo(text.strip())
              .doesNotContainPattern("[\\p{Cc}\\p{Cs}]");
          assertThat(text.toLowerCase(Locale.ROOT))
              .as("seed %d", seed)
              .isNotIn("unknown", "-", "0", "n/a", "unnamed");
        }
      }
      assertWidth(seed, Field.SEX, profile.sex());
      assertWidth(seed, Field.COLOUR, profile.colour());
      assertWidth(seed, Field.BREEDER, profile.breeder());
      assertWidth(seed, Field.REGION, profile.region());
      assertWidth(seed, Field.SIRE, profile.pedigree().sire().name());
      assertWidth(seed, Field.SIRE_ID, profile.pedigree().sire().id());
      assertThat(result.rejections())
          .as("seed %d", seed)
          .allMatch(rejected -> !rejected.value().isBlank() && !rejected.reason().isBlank());
    }
  }

  private static void assertParent(long seed, String prefix, Parent parent) {
    if (parent.id() != null) {
      assertThat(parent.id())
          .as("seed %d", seed)
          .matches(prefix + "[0-9]{1,18}")
          .isNotEqualTo(prefix + "4711");
    }
  }

  private static void assertWidth(long seed, Field field, @Nullable String value) {
    if (value != null) {
      assertThat(value.codePointCount(0, value.length()))
          .as("%s of seed %d", field, seed)
          .isLessThanOrEqualTo(WIDTHS.get(field));
    }
  }

  private static final List<String> SCRAPS =
      List.of(
          "",
          " ",
          "unknown",
          "-",
          "0",
          "n/a",
          "Unnamed",
          "sir_",
          "dam_",
          "dsi_",
          "hrs_",
          "4711",
          "12",
          "000",
          "2017-04-02",
          "2016-02-29",
          "2015-02-29",
          "1699-01-01",
          "2999-01-01",
          "M",
          "f",
          "X",
          "Night Ferry",
          "(GB)",
          " (IRE)",
          "(usa)",
          "(",
          ")",
          "\0",
          "\u001b[31m",
          "\u009b",
          "\u202e",
          "\u2028",
          "\ud83d\udc0e",
          "\ud83d",
          "\u00a0",
          "\u200b",
          "é",
          "'; drop table ra_horses; --",
          "=cmd()",
          "x".repeat(300));

  private static @Nullable String text(Random random) {
    int scraps = random.nextInt(5) - 1;
    if (scraps < 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < scraps; i++) {
      text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
    }
    return text.toString();
  }
}
