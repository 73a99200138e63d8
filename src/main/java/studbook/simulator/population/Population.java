package studbook.simulator.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import studbook.model.HorseId;

/**
 * The horses that the simulated API knows, numbered from 0 to {@code size() - 1}. The same question
 * always gets the same answer. Safe for use by many threads.
 */
public interface Population {

  /** The first day of which the API has racecards. */
  LocalDate FIRST_RACE_DAY = LocalDate.of(2023, 1, 23);

  int size();

  /** The horse at {@code index}, whether or not the API has a profile of it. */
  HorseRecord horse(int index);

  /** The id and name at {@code index}; cheaper than the whole record. */
  NamedHorse named(int index);

  /** Where a horse stands, or nothing where the population has no such horse. */
  OptionalInt indexOf(HorseId id);

  /** The horses of this population that run on {@code day}, each once, in no telling order. */
  List<HorseRecord> runners(LocalDate day);

  default Optional<HorseRecord> horse(HorseId id) {
    OptionalInt index = indexOf(id);
    return index.isPresent() ? Optional.of(horse(index.getAsInt())) : Optional.empty();
  }

  /** Every horse in the order of its index, made as the stream is read. */
  default Stream<NamedHorse> horses() {
    return IntStream.range(0, size()).mapToObj(this::named);
  }
}
