package studbook.dashboard;

import java.util.List;
import java.util.function.Supplier;
import studbook.pedigree.check.RuleThresholds;
import studbook.quality.Thresholds;
import studbook.service.job.JobConfig;

/**
 * Settings that pages show or judge by.
 *
 * @param jobs of the service; the settings may be read again while it runs
 * @param thresholds of the validation
 * @param pedigreeThresholds of the rules that leave links in error out
 */
public record PageSettings(
    Supplier<List<JobConfig>> jobs, Thresholds thresholds, RuleThresholds pedigreeThresholds) {}
