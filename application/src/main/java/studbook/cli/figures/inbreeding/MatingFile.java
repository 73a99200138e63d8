package studbook.cli.figures.inbreeding;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import studbook.cli.figures.FigureOutput;
import studbook.cli.support.CommandContext;
import studbook.inbreeding.LoadedPedigree;
import studbook.pedigree.kinship.MatingMatrix;

/** A CSV file with the F of the foal of every sire and every dam: a row per sire. */
@SuppressWarnings("ArrayRecordComponent") // indexes for the library; not to be changed
public record MatingFile(LoadedPedigree loaded, int[] sires, int[] dams) {

  /** Writes it to a file, or to stdout for {@code -}. */
  public void write(Path file, boolean replace, CommandContext context) {
    MatingMatrix matrix = MatingMatrix.of(loaded.pedigree(), sires, dams);
    if (FigureOutput.write(file, replace, context, out -> write(matrix, out))) {
      context.println("%d sires and %d dams in %s.".formatted(sires.length, dams.length, file));
    }
  }

  private void write(MatingMatrix matrix, Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    List<String> header = new ArrayList<>();
    header.add("sire");
    for (int dam : dams) {
      header.add(loaded.table().id(dam));
    }
    csv.writeRecord(header);
    for (int row = 0; row < sires.length; row++) {
      List<String> fields = new ArrayList<>();
      fields.add(loaded.table().id(sires[row]));
      for (int column = 0; column < dams.length; column++) {
        fields.add(Double.toString(matrix.inbreeding(row, column)));
      }
      csv.writeRecord(fields);
    }
    csv.flush();
  }
}
