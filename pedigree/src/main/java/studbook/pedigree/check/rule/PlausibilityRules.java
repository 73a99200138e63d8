package studbook.pedigree.check.rule;

import java.util.List;
import studbook.pedigree.check.PlausibilityRule;

/** All rules. */
public final class PlausibilityRules {

  /** In the order in which findings are reported. */
  public static final List<PlausibilityRule> ALL =
      List.of(
          new CycleRule(),
          new SameParentsRule(),
          ParentSexRule.WRONG_SEX,
          ParentSexRule.GELDING_SIRE,
          new ParentYoungerRule(),
          ParentAgeRule.SIRE_YOUNG,
          ParentAgeRule.SIRE_OLD,
          ParentAgeRule.DAM_YOUNG,
          ParentAgeRule.DAM_OLD,
          new FoalIntervalRule(),
          new OneSeasonRule(),
          new DamsireRule(),
          FoalCountRule.SIRE_CROP,
          FoalCountRule.DAM_FOALS,
          SharedNameRule.DUPLICATE,
          SharedNameRule.HOMONYM,
          new BirthRangeRule(),
          ColourRule.CHESTNUT,
          ColourRule.GREY,
          new NameMismatchRule(),
          new FounderRule(),
          new UnlistedParentRule());

  private PlausibilityRules() {}
}
