/** Proxies in front of servers that cut, delay or drop what passes. */
@NullMarked
package studbook.faults.proxy;

import org.jspecify.annotations.NullMarked;
