package studbook.dashboard.api;

/** What the JSON API sends in the place of an answer. */
public record ProblemJson(int status, String error) {}
