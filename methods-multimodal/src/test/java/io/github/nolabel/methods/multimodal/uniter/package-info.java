@NullMarked
package io.github.nolabel.methods.multimodal.uniter;

import org.jspecify.annotations.NullMarked;
