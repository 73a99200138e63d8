/** What all pages share: the frame around them, their formats, and the renderer of templates. */
@NullMarked
package studbook.dashboard.page;

import org.jspecify.annotations.NullMarked;
