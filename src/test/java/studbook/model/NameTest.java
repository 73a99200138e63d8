package studbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameTest {

  @Test
  void aSuffixOfTwoOrThreeLettersIsTheRegion() {
    assertThat(Name.region("Night Ferry (IRE)")).contains("ire");
    assertThat(Name.region(" Night Ferry(GB) ")).contains("gb");
    assertThat(Name.region("Night (Ferry) (usa)")).contains("usa");
    for (String none :
        new String[] {
          "Night Ferry",
          "(IRE)",
          "Night Ferry (IRELAND)",
          "Night (IRE) Ferry",
          "Night Ferry (I)",
          "Night Ferry (1)",
          "",
          "Night Ferry ()"
        }) {
      assertThat(Name.region(none)).as(none).isEmpty();
    }
    assertThat(Name.region(null)).isEmpty();
  }

  @Test
  void aSuffixIsAddedOnceAndOnlyWhereARegionIsKnown() {
    assertThat(Name.withSuffix("Zephyr", "fr")).isEqualTo("Zephyr (FR)");
    assertThat(Name.withSuffix("Zephyr (GB)", "fr")).isEqualTo("Zephyr (GB)");
    assertThat(Name.withSuffix("Zephyr", " ")).isEqualTo("Zephyr");
    assertThat(Name.withSuffix("Zephyr", null)).isEqualTo("Zephyr");
    assertThat(Name.withSuffix(null, "fr")).isNull();
    assertThat(Name.withSuffix(Name.withSuffix("Zephyr", "fr"), "fr")).isEqualTo("Zephyr (FR)");
  }

  @Test
  void aLongNameWithoutASuffixIsReadInAMoment() {
    assertThat(Name.region(" ".repeat(3) + "x ".repeat(50_000) + "(")).isEmpty();
  }

  @Test
  void anIdIsThePrefixAndDigitsOnly() {
    assertThat(HorseId.parse("hrs_12")).contains(new HorseId("hrs_12"));
    for (String none :
        new String[] {
          "hrs_", "hrs_1\n", " hrs_1", "HRS_1", "sir_1", "hrs_1234567890123456789", "hrs_١", ""
        }) {
      assertThat(HorseId.parse(none)).as(none).isEmpty();
    }
  }

  @Test
  void onlyTheSuffixOfACountryIsARegion() {
    assertThat(Name.region("Alba (GB)")).contains("gb");
    assertThat(Name.region("Alba (ksa)")).contains("ksa");
    assertThat(Name.region("Alba (II)")).isEmpty();
    assertThat(Name.region("(GB)")).isEmpty();
    assertThat(Name.withSuffix("Alba (II)", "FR")).isEqualTo("Alba (II) (FR)");
    assertThat(Name.withSuffix("Alba", "II")).isEqualTo("Alba");
  }

  @Test
  void spacesOfEveryKindAreTrimmedAlike() {
    String name = "\u00a0Alba\u00a0(GB)\u00a0";
    assertThat(Name.region(name)).contains("gb");
    assertThat(Name.bare(name)).isEqualTo("Alba");
    assertThat(Name.withSuffix(name, "IRE")).isEqualTo(name);
    assertThat(Name.withSuffix("Alba\u00a0", "IRE")).isEqualTo("Alba (IRE)");
  }
}
