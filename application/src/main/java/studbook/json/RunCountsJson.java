package studbook.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import studbook.store.run.RunCounts;

/** The horses of a run by outcome: the figures of {@link RunCounts} and what follows from them. */
@JsonPropertyOrder({"counts", "completed", "pending", "without_pedigree", "error_percent"})
public record RunCountsJson(@JsonUnwrapped RunCounts counts) {

  @JsonProperty
  long completed() {
    return counts.processed();
  }

  @JsonProperty
  long pending() {
    return counts.pending();
  }

  @JsonProperty
  long withoutPedigree() {
    return counts.withoutPedigree();
  }

  /** Failed horses of those completed, 0 to 100. */
  @JsonProperty
  double errorPercent() {
    return counts.processed() == 0 ? 0 : 100.0 * counts.failed() / counts.processed();
  }
}
