package studbook.cli.inspect;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import studbook.model.SafeText;
import studbook.store.change.RecordedChange;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** Changes as a table. */
final class ChangeTable {

  private static final int LONGEST_VALUE = 60;

  private ChangeTable() {}

  /** With a column for the horse. */
  static TextTable withHorses(List<RecordedChange> changes, AnsiStyle style, Clock clock) {
    return rows(new TextTable(style).text("Time").text("Horse"), changes, clock, true);
  }

  /** Of one horse. */
  static TextTable ofOneHorse(List<RecordedChange> changes, AnsiStyle style, Clock clock) {
    return rows(new TextTable(style).text("Time"), changes, clock, false);
  }

  private static TextTable rows(
      TextTable table, List<RecordedChange> changes, Clock clock, boolean withHorse) {
    table.text("Column").flexible("Old").flexible("New").text("Source").figure("Run");
    for (RecordedChange change : changes) {
      List<String> cells = new ArrayList<>();
      cells.add(HumanFormat.moment(change.at(), clock));
      if (withHorse) {
        cells.add(shown(change.horse()));
      }
      cells.add(change.column());
      cells.add(change.oldValue().map(ChangeTable::shown).orElse("–"));
      cells.add(shown(change.newValue()));
      cells.add(change.source());
      cells.add(change.run().map(Object::toString).orElse("–"));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  static String shown(String text) {
    return SafeText.excerpt(text, LONGEST_VALUE);
  }
}
