package studbook.store.outcome;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.store.work.Lease;

/** A batch of outcomes as arguments of one statement: an array for each column. */
record OutcomeColumns(Query query, List<Outcome> batch) {

  /** Binds the parameters of {@link OutcomeRepository}. */
  static Query bind(Query query, List<Outcome> batch) {
    List<Lease> leases = batch.stream().map(Outcome::lease).distinct().toList();
    query
        .bind("run", batch.getFirst().lease().run())
        .bindArray("chunk_numbers", Integer.class, leases.stream().map(Lease::piece).toList())
        .bindArray("fencing_tokens", Integer.class, leases.stream().map(Lease::token).toList());
    OutcomeColumns column = new OutcomeColumns(query, batch);
    column.text("horse_ids", outcome -> outcome.horse().text());
    column.number("chunk_nos", outcome -> outcome.lease().piece());
    column.text("states", outcome -> outcome.state().text());
    column.text("endpoints", outcome -> outcome.trace().source());
    column.text("error_kinds", outcome -> outcome.failure().map(f -> f.kind().text()).orElse(null));
    column.text(
        "error_messages",
        outcome -> outcome.failure().map(Outcome.OutcomeFailure::message).orElse(null));
    column.number(
        "http_statuses",
        outcome -> outcome.trace().status() == 0 ? null : outcome.trace().status());
    column.number(
        "request_counts", outcome -> Math.min(Short.MAX_VALUE, outcome.trace().requests()));
    column.number("durations_ms", outcome -> (int) outcome.trace().last().toMillis());
    column.profile("dobs", profile -> profile.dob() == null ? null : profile.dob().toString());
    column.profile("sexes", Profile::sex);
    column.profile("sex_codes", Profile::sexCode);
    column.profile("colours", Profile::colour);
    column.profile("colour_codes", Profile::colourCode);
    column.profile("regions", Profile::region);
    column.profile("breeders", Profile::breeder);
    column.parent("sire", profile -> profile.pedigree().sire());
    column.parent("dam", profile -> profile.pedigree().dam());
    column.parent("damsire", profile -> profile.pedigree().damsire());
    return query;
  }

  private void text(String name, Function<Outcome, @Nullable String> value) {
    query.bindArray(name, String.class, values(value));
  }

  private void number(String name, Function<Outcome, @Nullable Integer> value) {
    query.bindArray(name, Integer.class, values(value));
  }

  private void profile(String name, Function<Profile, @Nullable String> value) {
    text(name, outcome -> outcome.profile().map(value).orElse(null));
  }

  private @Nullable Object[] values(Function<Outcome, ? extends @Nullable Object> value) {
    @Nullable Object[] values = new @Nullable Object[batch.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(batch.get(i));
    }
    return values;
  }

  private void parent(String role, Function<Profile, Parent> parent) {
    profile(role + "_ids", profile -> parent.apply(profile).id());
    profile(role + "_names", profile -> parent.apply(profile).name());
  }
}
