/** Metrics and health of the service for Prometheus and load balancers. */
@NullMarked
package studbook.service.metrics;

import org.jspecify.annotations.NullMarked;
