package studbook.store.work;

/**
 * A worker's right to a piece. Every later claim has a higher token; a write whose token is not the
 * newest changes nothing.
 */
public record Lease(long run, int piece, int token) {}
