/** Notifications that wait to be sent. */
@NullMarked
package studbook.store.notification;

import org.jspecify.annotations.NullMarked;
