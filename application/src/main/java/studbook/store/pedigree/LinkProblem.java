package studbook.store.pedigree;

import java.util.Optional;

/**
 * A link that contradicts the parent's own row. Every text is from outside.
 *
 * @param horse that names the parent
 * @param role sire, dam or damsire
 * @param parent as a horse's id
 * @param parentName as the horse names it
 * @param problem name, sex, age or damsire
 * @param recorded the contradicting value: the parent's name, sex code or year of birth, or the
 *     sire of the dam
 */
public record LinkProblem(
    String horse,
    Optional<String> horseName,
    String role,
    String parent,
    Optional<String> parentName,
    String problem,
    Optional<String> recorded) {}
