/** Finds the user's tables under other names, and the views that give them Studbook's names. */
@NullMarked
package studbook.store.mapping;

import org.jspecify.annotations.NullMarked;
