package studbook.report.section;

import java.util.List;

/** A part of a report under a heading of its own. */
public record Chapter(String title, List<Block> blocks) {

  public Chapter {
    blocks = List.copyOf(blocks);
  }

  static Chapter of(String title, Block... blocks) {
    return new Chapter(title, List.of(blocks));
  }
}
