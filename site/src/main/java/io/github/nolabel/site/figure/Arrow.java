package io.github.nolabel.site.figure;

/**
 * What a block gives to another one.
 *
 * @param gradient whether the gradient of the loss goes back along it
 * @param stopped whether it would, if the method had not stopped it there
 */
record Arrow(String from, String to, boolean gradient, boolean stopped) {}
