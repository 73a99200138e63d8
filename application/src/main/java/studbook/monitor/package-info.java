/** A run as those watch it who look in from any terminal: figures, screen, plain lines, JSON. */
@NullMarked
package studbook.monitor;

import org.jspecify.annotations.NullMarked;
