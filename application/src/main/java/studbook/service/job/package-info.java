/** The jobs of the service: what they run, when they are due, and how they are configured. */
@NullMarked
package studbook.service.job;

import org.jspecify.annotations.NullMarked;
