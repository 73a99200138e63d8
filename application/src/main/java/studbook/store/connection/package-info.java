/** Database addresses and connections: URLs, variables, TLS, sockets. */
@NullMarked
package studbook.store.connection;

import org.jspecify.annotations.NullMarked;
