package studbook.store.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.pedigree.check.FindingSeverity;
import studbook.store.TestStore;
import studbook.store.finding.FindingQueries.FindingFilter;
import studbook.store.finding.StoredFinding.FindingState;

/** Checks are compared with the check before, and a person's acceptance outlives them. */
class FindingRepositoryTest {

  private static final TestStore store = TestStore.fresh();
  private static final List<String> RULES = List.of("cycle", "dam-old");

  private final FindingRepository repository = new FindingRepository(store.jdbi);
  private final FindingQueries queries = new FindingQueries(store.jdbi);

  @BeforeEach
  void empty() {
    store.reset();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static FoundFault old(String horse, FindingSeverity severity) {
    return new FoundFault("dam-old", severity, List.of(horse, "hrs_1"), "", "old " + severity);
  }

  private CheckComparison record(FoundFault... faults) {
    return repository.record(10, RULES, Stream.of(faults), 0);
  }

  private List<StoredFinding> list(FindingState... states) {
    return queries.list(
        new FindingFilter(
            RULES, EnumSet.allOf(FindingSeverity.class), EnumSet.copyOf(List.of(states))),
        100);
  }

  @Test
  void aCheckIsComparedWithTheOneBefore() {
    CheckComparison first =
        record(old("hrs_2", FindingSeverity.WARNING), old("hrs_3", FindingSeverity.ERROR));
    assertThat(first.previousAt()).isEmpty();
    assertThat(first.added()).isEqualTo(Map.of("dam-old", 2L));
    CheckComparison second =
        record(old("hrs_3", FindingSeverity.ERROR), old("hrs_4", FindingSeverity.WARNING));
    assertThat(second.previousAt()).contains(first.checkedAt());
    assertThat(second.added()).isEqualTo(Map.of("dam-old", 1L));
    assertThat(second.closed()).isEqualTo(Map.of("dam-old", 1L));
    assertThat(list(FindingState.NEW))
        .extracting(f -> f.horses().getFirst())
        .containsExactly("hrs_4");
    assertThat(list(FindingState.OPEN))
        .extracting(f -> f.horses().getFirst())
        .containsExactly("hrs_3");
  }

  @Test
  void anUnchangedCheckWritesNoFinding() {
    record(old("hrs_2", FindingSeverity.WARNING));
    String before = store.value("SELECT xmin FROM studbook.finding");
    CheckComparison again = record(old("hrs_2", FindingSeverity.WARNING));
    assertThat(again.added()).isEmpty();
    assertThat(again.closed()).isEmpty();
    assertThat(store.value("SELECT xmin FROM studbook.finding")).isEqualTo(before);
  }

  @Test
  void rulesThatWereNotCheckedKeepTheirFindings() {
    record(old("hrs_2", FindingSeverity.WARNING));
    CheckComparison other = repository.record(10, List.of("cycle"), Stream.empty(), 0);
    assertThat(other.closed()).isEmpty();
    assertThat(list(FindingState.OPEN)).hasSize(1);
  }

  @Test
  void aFindingThatComesBackKeepsItsNumberAndAcceptance() {
    record(old("hrs_2", FindingSeverity.WARNING));
    long id = list(FindingState.NEW).getFirst().id();
    assertThat(repository.accept(List.of(id, id + 1), true)).containsExactly(id);
    record();
    assertThat(repository.accept(List.of(id), true)).isEmpty();
    CheckComparison back = record(old("hrs_2", FindingSeverity.WARNING));
    assertThat(back.added()).isEqualTo(Map.of("dam-old", 1L));
    assertThat(list(FindingState.ACCEPTED)).extracting(StoredFinding::id).containsExactly(id);
  }

  @Test
  void aHigherSeverityEndsAnAcceptance() {
    record(old("hrs_2", FindingSeverity.WARNING));
    repository.accept(List.of(list(FindingState.NEW).getFirst().id()), true);
    record(old("hrs_2", FindingSeverity.NOTE));
    assertThat(list(FindingState.ACCEPTED)).hasSize(1);
    record(old("hrs_2", FindingSeverity.ERROR));
    assertThat(list(FindingState.OPEN))
        .extracting(StoredFinding::severity)
        .containsExactly(FindingSeverity.ERROR);
  }

  @Test
  void theOrderOfTheHorsesMakesNoOtherFinding() {
    repository.record(2, RULES, Stream.of(cycle("hrs_1", "hrs_2")), 2);
    CheckComparison turned = repository.record(2, RULES, Stream.of(cycle("hrs_2", "hrs_1")), 2);
    assertThat(turned.added()).isEmpty();
    assertThat(store.value("SELECT count(*) FROM studbook.finding")).isEqualTo("1");
  }

  private static FoundFault cycle(String... horses) {
    return new FoundFault("cycle", FindingSeverity.ERROR, List.of(horses), "", "a cycle");
  }

  @Test
  void manyFindingsAndLongCyclesAreStored() {
    List<FoundFault> faults =
        IntStream.range(0, 12_000).mapToObj(i -> old("hrs_1" + i, FindingSeverity.NOTE)).toList();
    assertThat(repository.record(10, RULES, faults.stream(), 0).added())
        .isEqualTo(Map.of("dam-old", 12_000L));
    String[] horses = IntStream.range(0, 5_000).mapToObj(i -> "hrs_" + i).toArray(String[]::new);
    CheckComparison next = repository.record(10, RULES, Stream.of(cycle(horses)), 5_000);
    assertThat(next.closed()).isEqualTo(Map.of("dam-old", 12_000L));
    assertThat(list(FindingState.NEW).getFirst().horses()).containsExactly(horses);
  }
}
