/** A live view of a run from any terminal: figures, full screen, plain lines, JSON. */
@NullMarked
package studbook.monitor;

import org.jspecify.annotations.NullMarked;
