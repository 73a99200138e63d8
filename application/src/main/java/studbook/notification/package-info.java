/** Notifications by webhook and e-mail. */
@NullMarked
package studbook.notification;

import org.jspecify.annotations.NullMarked;
