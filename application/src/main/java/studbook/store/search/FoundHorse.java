package studbook.store.search;

import org.jspecify.annotations.Nullable;

/**
 * A horse of a list. All texts come from outside.
 *
 * @param id {@code hrs_} and a number, or whatever the user's table has
 * @param birthYear of its date of birth
 * @param sireId {@code hrs_} and its number
 * @param damId {@code hrs_} and its number
 */
public record FoundHorse(
    String id,
    @Nullable String name,
    @Nullable Integer birthYear,
    @Nullable String sex,
    @Nullable String sireId,
    @Nullable String sire,
    @Nullable String damId,
    @Nullable String dam) {}
