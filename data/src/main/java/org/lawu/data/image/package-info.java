/**
 * Pictures: reading PNG and JPEG files, resizing, cropping, mirroring, rotating and normalizing
 * them, and random changes for training. A picture is a tensor {@code [channels, height, width]}
 * with values from 0 (black) to 1.
 *
 * <p>Reading files needs the module {@code java.desktop}, which holds {@code javax.imageio}. It is
 * there on the class path. A program on the module path that reads pictures writes {@code requires
 * java.desktop} in its {@code module-info.java}; one that reads none needs it not.
 */
@NullMarked
package org.lawu.data.image;

import org.jspecify.annotations.NullMarked;
