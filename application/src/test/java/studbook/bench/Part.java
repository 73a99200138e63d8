package studbook.bench;

import java.io.IOException;
import java.util.List;

/** Something to be measured. Starts from empty tables and leaves no process behind. */
interface Part {

  /** The name for {@code --only}. */
  String name();

  List<Figure> measure(Workshop workshop) throws IOException, InterruptedException;
}
