/**
 * The objects that several commands print as JSON, so that the same figure has the same key, type
 * and unit everywhere. The components of the records are the keys, in snake_case; docs/json.md
 * describes them.
 */
@NullMarked
package studbook.json;

import org.jspecify.annotations.NullMarked;
