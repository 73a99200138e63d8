/** Inbreeding of horses and of possible foals as text, with its explanation, JSON and files. */
@NullMarked
package studbook.cli.figures.inbreeding;

import org.jspecify.annotations.NullMarked;
