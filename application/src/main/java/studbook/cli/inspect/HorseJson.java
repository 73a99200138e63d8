package studbook.cli.inspect;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import studbook.store.statistics.HorseHistory;
import studbook.text.JsonFormat;

/** One horse as scripts read it; the keys are documented and stable. */
record HorseJson(HorseHistory dossier, Clock clock) {

  private record HorseFields(
      @Nullable String name,
      @Nullable String dob,
      @Nullable String sex,
      @Nullable String sexCode,
      @Nullable String colour,
      @Nullable String colourCode,
      @Nullable String region,
      @Nullable String updatedAt) {}

  private record PedigreeFields(
      @Nullable String sireId,
      @Nullable String sire,
      @Nullable String damId,
      @Nullable String dam,
      @Nullable String damsireId,
      @Nullable String damsire,
      @Nullable String breeder,
      @Nullable String region,
      @Nullable String updatedAt) {}

  private record LastWriteJson(
      long run, @Nullable String endpoint, @Nullable String at, boolean unchanged) {}

  private record HorseEventJson(
      @Nullable String at,
      long run,
      @Nullable String outcome,
      @Nullable String kind,
      @Nullable String endpoint,
      @Nullable Integer status,
      int requests,
      long millis,
      @Nullable String message) {}

  private record HorseDocument(
      String horseId,
      boolean gone,
      @Nullable HorseFields horse,
      @Nullable PedigreeFields pedigree,
      @Nullable LastWriteJson origin,
      List<HorseEventJson> steps) {}

  String text() {
    return JsonFormat.pretty(
        new HorseDocument(
            dossier.id(),
            dossier.horse().isEmpty(),
            dossier.horse().map(this::json).orElse(null),
            dossier.pedigree().map(this::json).orElse(null),
            dossier.origin().map(this::json).orElse(null),
            HorseEvent.of(dossier).stream().map(this::json).toList()));
  }

  private HorseFields json(HorseHistory.HorseRow h) {
    return new HorseFields(
        h.name(),
        h.dob(),
        h.sex(),
        h.sexCode(),
        h.colour(),
        h.colourCode(),
        h.region(),
        iso(h.updatedAt()));
  }

  private PedigreeFields json(HorseHistory.PedigreeRow p) {
    return new PedigreeFields(
        p.sireId(),
        p.sire(),
        p.damId(),
        p.dam(),
        p.damsireId(),
        p.damsire(),
        p.breeder(),
        p.region(),
        iso(p.updatedAt()));
  }

  private LastWriteJson json(HorseHistory.RunOutcome e) {
    return new LastWriteJson(e.run(), e.source().orElse(null), iso(e.settledAt()), e.unchanged());
  }

  private HorseEventJson json(HorseEvent s) {
    return new HorseEventJson(
        iso(s.at()),
        s.run(),
        s.outcome(),
        s.kind(),
        s.endpoint(),
        s.status() == 0 ? null : s.status(),
        s.requests(),
        s.millis(),
        s.message());
  }

  private @Nullable String iso(@Nullable Instant instant) {
    return instant == null ? null : RunSummary.time(instant, clock);
  }
}
