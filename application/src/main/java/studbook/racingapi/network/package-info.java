/** Connections to The Racing API: proxies, and failover to the next address of a host. */
@NullMarked
package studbook.racingapi.network;

import org.jspecify.annotations.NullMarked;
