package studbook.store.pedigree;

/**
 * The links of one role: how many, where the horses are, what contradicts.
 *
 * @param role sire, dam or damsire
 * @param links horses that name such a parent
 * @param withoutId of these, links with a name and no usable id
 * @param horses distinct parents
 * @param inTable of these, in ra_horses
 * @param inAncestors of these, in studbook.ancestor only
 * @param nameDiffers links whose parent's own row has another name
 * @param sexDiffers links whose parent's own row has the other sex
 * @param tooYoung links whose parent was born less than three years before, for a damsire six
 * @param damsireDiffers links to a damsire that is not the sire of the dam
 */
public record LinkCounts(
    String role,
    long links,
    long withoutId,
    long horses,
    long inTable,
    long inAncestors,
    long nameDiffers,
    long sexDiffers,
    long tooYoung,
    long damsireDiffers) {

  /** Distinct parents without a row. */
  public long missing() {
    return horses - inTable - inAncestors;
  }
}
