package studbook.report;

import java.util.List;

/** A part of a report under a heading of its own. */
record Chapter(String title, List<Block> blocks) {

  Chapter {
    blocks = List.copyOf(blocks);
  }

  static Chapter of(String title, Block... blocks) {
    return new Chapter(title, List.of(blocks));
  }
}
