package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Workspace;

/**
 * Where one thread works while it takes a turn: nobody else has its memory meanwhile, nor the tasks
 * that were made for it.
 *
 * @param number counted from 0, less than there are threads
 */
public record Seat(int number, Workspace workspace) {}
