package studbook.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Round numbers for an axis. Pure. */
public final class AxisTicks {

  private AxisTicks() {}

  /**
   * From zero to at least {@code highest}, in at most {@code most} steps of 1, 2 or 5 times a power
   * of ten.
   */
  public static List<Double> upTo(double highest, int most) {
    double step = step(highest, most);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i == 0 || (i - 1) * step < highest; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double highest, int most) {
    if (highest <= 0) {
      return 1;
    }
    double least = highest / most;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double step : new double[] {power, 2 * power, 5 * power}) {
      if (step >= least * (1 - 1e-9)) {
        return step;
      }
    }
    return 10 * power;
  }
}
