package studbook.service.job;

/** What a job uses besides the processor. */
public enum JobNeeds {
  /** The database only. */
  DATABASE,
  /** A few requests, within the rate limit of the account. */
  REQUESTS,
  /** A run: a database has one at a time. */
  RUN
}
