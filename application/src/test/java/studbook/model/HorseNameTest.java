package studbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HorseNameTest {

  @Test
  void aSuffixOfTwoOrThreeLettersIsTheRegion() {
    assertThat(HorseName.region("Night Ferry (IRE)")).contains("ire");
    assertThat(HorseName.region(" Night Ferry(GB) ")).contains("gb");
    assertThat(HorseName.region("Night (Ferry) (usa)")).contains("usa");
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
      assertThat(HorseName.region(none)).as(none).isEmpty();
    }
    assertThat(HorseName.region(null)).isEmpty();
  }

  @Test
  void aSuffixIsAddedOnceAndOnlyWhereARegionIsKnown() {
    assertThat(HorseName.withSuffix("Zephyr", "fr")).isEqualTo("Zephyr (FR)");
    assertThat(HorseName.withSuffix("Zephyr (GB)", "fr")).isEqualTo("Zephyr (GB)");
    assertThat(HorseName.withSuffix("Zephyr", " ")).isEqualTo("Zephyr");
    assertThat(HorseName.withSuffix("Zephyr", null)).isEqualTo("Zephyr");
    assertThat(HorseName.withSuffix(null, "fr")).isNull();
    assertThat(HorseName.withSuffix(HorseName.withSuffix("Zephyr", "fr"), "fr"))
        .isEqualTo("Zephyr (FR)");
  }

  @Test
  void aLongNameWithoutASuffixIsReadInAMoment() {
    assertThat(HorseName.region(" ".repeat(3) + "x ".repeat(50_000) + "(")).isEmpty();
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
    assertThat(HorseName.region("Alba (GB)")).contains("gb");
    assertThat(HorseName.region("Alba (ksa)")).contains("ksa");
    assertThat(HorseName.region("Alba (II)")).isEmpty();
    assertThat(HorseName.region("(GB)")).isEmpty();
    assertThat(HorseName.withSuffix("Alba (II)", "FR")).isEqualTo("Alba (II) (FR)");
    assertThat(HorseName.withSuffix("Alba", "II")).isEqualTo("Alba");
  }

  @Test
  void spacesOfEveryKindAreTrimmedAlike() {
    String name = "\u00a0Alba\u00a0(GB)\u00a0";
    assertThat(HorseName.region(name)).contains("gb");
    assertThat(HorseName.bare(name)).isEqualTo("Alba");
    assertThat(HorseName.withSuffix(name, "IRE")).isEqualTo(name);
    assertThat(HorseName.withSuffix("Alba\u00a0", "IRE")).isEqualTo("Alba (IRE)");
  }
}
