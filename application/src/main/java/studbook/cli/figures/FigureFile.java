package studbook.cli.figures;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import studbook.cli.support.CommandContext;
import studbook.inbreeding.LoadedPedigree;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.ancestry.PedigreeFigures;
import studbook.pedigree.kinship.AncestorSubset;
import studbook.text.HumanFormat;

/**
 * A CSV file of figures, with ids as they came in and all digits. Sire and dam are those that the
 * figures use.
 *
 * @param place the index that an animal has in the figures
 */
@SuppressWarnings("ArrayRecordComponent") // of millions of animals; not to be changed
public record FigureFile(
    LoadedPedigree loaded, PedigreeFigures figures, IntUnaryOperator place, int[] animals) {

  /** All animals. */
  public static FigureFile of(LoadedPedigree loaded) {
    return new FigureFile(
        loaded,
        PedigreeFigures.of(loaded.pedigree()),
        IntUnaryOperator.identity(),
        IntStream.range(0, loaded.table().size()).toArray());
  }

  /** Some animals, whose figures need their ancestors only. */
  public static FigureFile of(LoadedPedigree loaded, int[] animals) {
    AncestorSubset subset = AncestorSubset.of(loaded.pedigree(), animals);
    return new FigureFile(loaded, PedigreeFigures.of(subset.pedigree()), subset::indexOf, animals);
  }

  /** Writes it to a file, or to stdout for {@code -}. */
  public void write(Path file, boolean replace, CommandContext context) {
    if (FigureOutput.write(file, replace, context, this::write)) {
      context.println("%s in %s.".formatted(HumanFormat.count(animals.length, "horse"), file));
    }
  }

  private void write(Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord("id", "sire", "dam", "F", "gen_eq", "max_gen", "full_gen", "pci5", "n_anc");
    for (int animal : animals) {
      int index = place.applyAsInt(animal);
      csv.writeRecord(
          loaded.table().id(animal),
          parent(animal, loaded.pedigree()::sire),
          parent(animal, loaded.pedigree()::dam),
          Double.toString(figures.inbreeding()[index]),
          Double.toString(figures.completeness().equivalentGenerations(index)),
          Integer.toString(figures.completeness().maxGenerations(index)),
          Integer.toString(figures.completeness().fullGenerations(index)),
          Double.toString(figures.completeness().index(index)),
          Integer.toString(figures.ancestors()[index]));
    }
    csv.flush();
  }

  private String parent(int animal, IntUnaryOperator side) {
    int parent = side.applyAsInt(animal);
    return parent == ParentLinks.UNKNOWN ? "" : loaded.table().id(parent);
  }
}
