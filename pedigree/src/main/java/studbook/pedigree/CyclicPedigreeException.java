package studbook.pedigree;

import java.util.List;

/** Thrown where links make an animal its own ancestor. */
public final class CyclicPedigreeException extends IllegalArgumentException {

  private final transient List<int[]> cycles;

  CyclicPedigreeException(List<int[]> cycles) {
    super(
        "%d cycles, the shortest of %d animals: an animal is its own ancestor"
            .formatted(cycles.size(), cycles.getFirst().length));
    this.cycles = cycles;
  }

  /** As {@link ParentLinks#cycles()} has them. */
  public List<int[]> cycles() {
    return cycles;
  }
}
