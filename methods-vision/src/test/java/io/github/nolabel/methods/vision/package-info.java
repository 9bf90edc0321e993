/** Rules for all methods of this module. */
@NullMarked
package io.github.nolabel.methods.vision;

import org.jspecify.annotations.NullMarked;
