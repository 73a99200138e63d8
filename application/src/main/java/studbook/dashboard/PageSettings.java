package studbook.dashboard;

import java.util.List;
import java.util.function.Supplier;
import studbook.quality.Thresholds;
import studbook.service.job.JobConfig;

/**
 * Settings that pages show or judge by.
 *
 * @param jobs of the service; the settings may be read again while it runs
 */
public record PageSettings(Supplier<List<JobConfig>> jobs, Thresholds thresholds) {}
