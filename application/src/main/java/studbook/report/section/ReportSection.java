package studbook.report.section;

import java.util.List;

/** A part of a report with a heading. */
public record ReportSection(String title, List<SectionBlock> blocks) {

  public ReportSection {
    blocks = List.copyOf(blocks);
  }

  static ReportSection of(String title, SectionBlock... blocks) {
    return new ReportSection(title, List.of(blocks));
  }
}
