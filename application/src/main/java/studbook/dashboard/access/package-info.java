/** Who may do what in the dashboard: passwords, sessions, tokens, origins and hosts. */
@NullMarked
package studbook.dashboard.access;

import org.jspecify.annotations.NullMarked;
