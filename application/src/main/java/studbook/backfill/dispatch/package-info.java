/** From permits to requests: each permit goes to the first source that has a request. */
@NullMarked
package studbook.backfill.dispatch;

import org.jspecify.annotations.NullMarked;
