package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Moments;
import studbook.report.figures.Recommendation;
import studbook.report.figures.Recommendations;

/** The chapters of a report, the same in every format that people read. */
final class Chapters {

  private Chapters() {}

  static List<Chapter> of(ExecutionReport report, Moments moments) {
    List<Chapter> chapters = new ArrayList<>();
    List<Recommendation> recommendations = Recommendations.of(report);
    chapters.add(new QualityChapter(report.validation()).chapter());
    chapters.add(
        Chapter.of(
            "Recommendations",
            recommendations.isEmpty()
                ? new Block.Prose("Nothing is to be done.")
                : new Block.Advice(recommendations)));
    chapters.addAll(new PlanChapters(report, moments).all());
    chapters.addAll(new CourseChapters(report, moments).all());
    chapters.addAll(new ResultChapters(report).all());
    chapters.add(new SampleChapter(report.validation().sample()).chapter());
    return chapters;
  }
}
