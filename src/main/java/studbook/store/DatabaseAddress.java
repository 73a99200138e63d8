package studbook.store;

/** Placeholder until the settings branch is merged. */
public record DatabaseAddress(String jdbcUrl, String username, String password, String place) {}
