/**
 * The shared limit of an account in a sliding second: a row in the database, and the client that
 * acquires permits from it.
 */
@NullMarked
package studbook.ratelimit;

import org.jspecify.annotations.NullMarked;
