/** Secrets, and files that only their owner can read. */
@NullMarked
package studbook.security;

import org.jspecify.annotations.NullMarked;
