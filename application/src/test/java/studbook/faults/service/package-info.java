/** The service's jobs over days, checked from outside. */
@NullMarked
package studbook.faults.service;

import org.jspecify.annotations.NullMarked;
