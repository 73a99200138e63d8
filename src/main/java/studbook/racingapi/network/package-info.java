/**
 * How a connection to The Racing API is made: proxies, and the next address where the first is
 * dead.
 */
@NullMarked
package studbook.racingapi.network;

import org.jspecify.annotations.NullMarked;
