/**
 * CPU or CUDA, decided once. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.device.DevicePolicy}.
 */
@NullMarked
package io.github.nolabel.runtime.device;

import org.jspecify.annotations.NullMarked;
