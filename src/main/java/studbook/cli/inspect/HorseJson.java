package studbook.cli.inspect;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import studbook.store.statistics.Dossier;
import studbook.text.Json;

/** One horse as scripts read it; the keys are documented and stable. */
record HorseJson(Dossier dossier, Clock clock) {

  private record Horse(
      @Nullable String name,
      @Nullable String dob,
      @Nullable String sex,
      @Nullable String sexCode,
      @Nullable String colour,
      @Nullable String colourCode,
      @Nullable String region,
      @Nullable String updatedAt) {}

  private record Pedigree(
      @Nullable String sireId,
      @Nullable String sire,
      @Nullable String damId,
      @Nullable String dam,
      @Nullable String damsireId,
      @Nullable String damsire,
      @Nullable String breeder,
      @Nullable String region,
      @Nullable String updatedAt) {}

  private record Origin(
      long run, @Nullable String endpoint, @Nullable String at, boolean unchanged) {}

  private record Step(
      @Nullable String at,
      long run,
      @Nullable String outcome,
      @Nullable String kind,
      @Nullable String endpoint,
      @Nullable Integer status,
      int requests,
      long millis,
      @Nullable String message) {}

  private record Shown(
      String horseId,
      boolean gone,
      @Nullable Horse horse,
      @Nullable Pedigree pedigree,
      @Nullable Origin origin,
      List<Step> steps) {}

  String text() {
    return Json.pretty(
        new Shown(
            dossier.id(),
            dossier.horse().isEmpty(),
            dossier.horse().map(this::json).orElse(null),
            dossier.pedigree().map(this::json).orElse(null),
            dossier.origin().map(this::json).orElse(null),
            HorseStep.of(dossier).stream().map(this::json).toList()));
  }

  private Horse json(Dossier.Horse h) {
    return new Horse(
        h.name(),
        h.dob(),
        h.sex(),
        h.sexCode(),
        h.colour(),
        h.colourCode(),
        h.region(),
        iso(h.updatedAt()));
  }

  private Pedigree json(Dossier.Pedigree p) {
    return new Pedigree(
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

  private Origin json(Dossier.Entry e) {
    return new Origin(e.run(), e.source().orElse(null), iso(e.settledAt()), e.unchanged());
  }

  private Step json(HorseStep s) {
    return new Step(
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
