package studbook.dashboard.horse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import studbook.store.error.DatabaseError;
import studbook.store.pedigree.FamilyQueries;
import studbook.store.pedigree.FamilyQueries.OffspringRow;

/**
 * The nearest relatives of a horse.
 *
 * @param siblings other foals of its dam; empty if the dam is not known
 * @param sire the id of its sire, by which full siblings are told apart
 * @param siblingsBySire how many other foals its sire has; empty if he is not known
 * @param offspring those of a page
 * @param page of the offspring, from 1
 * @param slow whether something is left out because it took too long
 */
public record HorseFamily(
    List<OffspringRow> siblings,
    @Nullable String sire,
    Optional<Long> siblingsBySire,
    List<OffspringRow> offspring,
    int page,
    boolean hasMore,
    boolean slow) {

  public static final int SIZE = 25;

  /** Siblings are few; more are an error in the records. */
  private static final int MOST_SIBLINGS = 100;

  static HorseFamily load(
      FamilyQueries queries, String horse, @Nullable String sire, @Nullable String dam, int page) {
    Optional<List<OffspringRow>> siblings =
        dam == null
            ? Optional.of(List.of())
            : inTime(() -> queries.offspring(dam, 0, MOST_SIBLINGS));
    Optional<List<OffspringRow>> offspring =
        inTime(() -> queries.offspring(horse, (page - 1) * SIZE, SIZE + 1));
    Optional<Long> bySire =
        sire == null || siblings.isEmpty() || offspring.isEmpty()
            ? Optional.empty()
            : inTime(() -> queries.countOffspring(sire));
    List<OffspringRow> listed = offspring.orElse(List.of());
    return new HorseFamily(
        siblings.orElse(List.of()).stream().filter(one -> !one.id().equals(horse)).toList(),
        sire,
        bySire.map(count -> Math.max(0, count - 1)),
        listed.stream().limit(SIZE).toList(),
        page,
        listed.size() > SIZE,
        siblings.isEmpty() || offspring.isEmpty() || (sire != null && bySire.isEmpty()));
  }

  /** Empty if it takes longer than a page may. */
  private static <T> Optional<T> inTime(Supplier<T> query) {
    try {
      return Optional.of(query.get());
    } catch (RuntimeException e) {
      if (DatabaseError.isCancelled(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a sibling has the same sire, too. */
  public boolean isFull(OffspringRow sibling) {
    return sire != null && Objects.equals(sire, sibling.mateId());
  }
}
