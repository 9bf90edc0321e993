/**
 * The native library, its errors, and who frees what. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.memory.OrtLibrary}.
 */
@NullMarked
package io.github.nolabel.runtime.memory;

import org.jspecify.annotations.NullMarked;
