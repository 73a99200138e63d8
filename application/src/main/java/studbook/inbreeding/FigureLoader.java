package studbook.inbreeding;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import org.jdbi.v3.core.Jdbi;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.pedigree.check.PlausibilityCheck;
import studbook.pedigree.check.PlausibilityReport;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.RuleThresholds;
import studbook.pedigree.check.rule.PlausibilityRules;
import studbook.store.finding.AcceptedFindings;
import studbook.store.pedigree.KinExtent;
import studbook.store.pedigree.PedigreeLoader;

/**
 * Loads what figures are computed from: of the database's horses all links that are not in error or
 * were accepted. Safe for many threads.
 *
 * @param clock whose day the rules compare dates of birth with
 */
public record FigureLoader(Jdbi jdbi, RuleThresholds thresholds, Clock clock) {

  /**
   * Some horses with their ancestors.
   *
   * @param horses ids; the table lacks those that no record has or names
   */
  public LoadedPedigree load(Collection<String> horses, KinExtent extent) {
    return usable(new PedigreeLoader(jdbi).load(horses, extent));
  }

  /** Leaves out the links in error of horses that were loaded. */
  public LoadedPedigree usable(AnimalTable table) {
    PlausibilityReport found =
        new PlausibilityCheck(
                PlausibilityRules.ALL,
                EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.HORSES),
                thresholds,
                LocalDate.ofInstant(clock.instant(), clock.getZone()))
            .findFaultyLinks(table);
    PlausibilityReport counting = new AcceptedFindings(jdbi).removeFrom(found, table);
    return new LoadedPedigree(
        table, Pedigree.of(counting.usable(table.links())), counting.faultyLinks());
  }
}
