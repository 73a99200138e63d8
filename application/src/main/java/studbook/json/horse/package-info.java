/** The objects of single horses that several commands print as JSON. */
@NullMarked
package studbook.json.horse;

import org.jspecify.annotations.NullMarked;
