package studbook.simulator.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The horses of the simulated API, numbered from 0 to {@code size() - 1}. The same call always
 * returns the same result. Safe for many threads.
 */
public interface Population {

  /** The first day with racecards. */
  LocalDate FIRST_RACE_DAY = LocalDate.of(2023, 1, 23);

  int size();

  /** The horse at {@code index}, whether or not the API has a profile of it. */
  HorseRecord horse(int index);

  /** The id and name at {@code index}; cheaper than the whole record. */
  NamedHorse named(int index);

  /** The index of a horse; empty if the population does not have it. */
  OptionalInt indexOf(String id);

  /** The horses of this population that run on {@code day}, once each, in no particular order. */
  List<HorseRecord> runners(LocalDate day);

  default Optional<HorseRecord> horse(String id) {
    OptionalInt index = indexOf(id);
    return index.isPresent() ? Optional.of(horse(index.getAsInt())) : Optional.empty();
  }

  /** Every horse in the order of its index, created as the stream is read. */
  default Stream<NamedHorse> horses() {
    return IntStream.range(0, size()).mapToObj(this::named);
  }
}
