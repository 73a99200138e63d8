package studbook.store.run;

/** A run of a chain of retries, with its figures. */
public record ChainRun(RunRepository.RunRow run, RunCounts counts) {}
