/** Messages to systemd: ready, reloading, stopping, alive. */
@NullMarked
package studbook.service.systemd;

import org.jspecify.annotations.NullMarked;
