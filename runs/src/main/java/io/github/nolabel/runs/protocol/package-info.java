/**
 * Ways to find out what networks have learnt, by name. Start at {@link
 * io.github.nolabel.runs.protocol.Protocol} to add one, at {@link
 * io.github.nolabel.runs.protocol.Protocols} to carry one out.
 */
@NullMarked
package io.github.nolabel.runs.protocol;

import org.jspecify.annotations.NullMarked;
