package io.github.nolabel.runs.report;

import java.util.OptionalDouble;

/**
 * What the loss of a method means.
 *
 * @param level that a network pays which tells nothing apart; empty if there is no such number
 * @param formula of the level, with its numbers; empty if there is none
 * @param words what is asked, and what the level and a small loss say
 */
record LossMeaning(OptionalDouble level, String formula, String words) {

  /** Of a run by its method; of a plug-in's method it is not known. */
  static LossMeaning of(Story story) {
    double batch = story.number("run", "batchSize");
    return switch (story.method()) {
      case "simclr" ->
          guess(
              2 * batch - 1,
              "2·%.0f − 1".formatted(batch),
              "Every view has to find the other view of its image among the 2B − 1 other views of"
                  + " the batch.");
      case "moco-v2" ->
          guess(
              story.number("method", "queueSize") + 1,
              "%.0f + 1".formatted(story.number("method", "queueSize")),
              "Every view has to find the teacher's view of its image among that one and the K"
                  + " others of a queue.");
      case "moco-v3" -> teacherPairs(4 * story.number("method", "temperature"), batch);
      case "swav" -> prototypes(story.number("method", "numPrototypes"));
      case "dino" -> prototypes(story.number("method", "projectionDim"));
      case "byol", "simsiam", "barlow-twins" -> agreement(story);
      case "distil" -> distillation(story, batch);
      default -> ofCaptions(story, batch);
    };
  }

  private static LossMeaning agreement(Story story) {
    return switch (story.method()) {
      case "byol" ->
          new LossMeaning(
              OptionalDouble.of(4),
              "2 · (2 − 2 · 0)",
              "Each view predicts the teacher's embedding of the other one; the loss adds both"
                  + " squared distances of unit vectors. Predictions at right angles to their"
                  + " targets pay 4, perfect ones 0. A collapsed network reaches 0, too: the"
                  + " monitors tell the difference.");
      case "simsiam" ->
          new LossMeaning(
              OptionalDouble.of(0),
              "−cos 90°",
              "The negative cosine of each view's prediction and the embedding of the other view: 0"
                  + " at right angles, −1 in perfect agreement. A collapsed network reaches −1,"
                  + " too: the monitors tell the difference.");
      default -> correlation(story);
    };
  }

  private static LossMeaning correlation(Story story) {
    double width = story.number("method", "projectionDim");
    double scale = story.number("method", "lossScale");
    return new LossMeaning(
        level(width * scale),
        "%s · %.0f".formatted(Units.number(scale), width),
        "The correlations of both views' features should be the identity. Each of the D features"
            + " that has no correlation with itself in the other view costs the loss's scale;"
            + " features that repeat each other cost something on top, so a run may begin above"
            + " this line. 0 is perfect.");
  }

  private static LossMeaning distillation(Story story, double batch) {
    if (story.option("method", "comparison").filter("cosine"::equalsIgnoreCase).isPresent()) {
      return new LossMeaning(
          OptionalDouble.of(1),
          "1 − cos 90°",
          "One less the cosine of the student's feature and the teacher's: 1 at right angles, 0 in"
              + " perfect agreement.");
    }
    double features = batch + story.number("method", "queueSize");
    return unlevelled(
        "How far the student's similarities to the teacher's features, those of the batch and of a queue, are from the teacher's own: 0 is the same. A student to which all %.0f look alike pays ln(%1$.0f) = %s less what the teacher itself is in doubt."
            .formatted(features, Units.number(Math.log(features))));
  }

  private static LossMeaning ofCaptions(Story story, double batch) {
    boolean sigmoid = story.option("method", "useSiglip").filter("true"::equals).isPresent();
    return switch (story.method()) {
      case "clip" -> sigmoid ? judgedPairs() : pairs(batch);
      case "slip" -> sigmoid ? unlevelled(SLIP) : pairsAndViews(story, batch);
      case "simvlm" -> nextToken(story);
      default -> unlevelled(of(story.method()));
    };
  }

  private static final String SLIP =
      "The sum of CLIP's loss, where images and captions of the batch find each other, and"
          + " SimCLR's, where two views of an image do.";

  private static String of(String method) {
    return switch (method) {
      case "albef" ->
          "The sum of three losses: partners among batch and queue (itc_loss), pairs against wrong"
              + " ones (itm_loss; ln 2 = 0.693 is guessing) and hidden words (mlm_loss). The"
              + " monitors have each.";
      case "uniter" ->
          "One of several tasks per step, drawn by chance, so the curve jumps: hidden words"
              + " (mlm_loss), hidden regions (mrm_loss), pairs against wrong ones (itm_loss; ln 2 ="
              + " 0.693 is guessing), words beside regions (wra_loss). The monitors have each.";
      case "vse" ->
          "By how much wrong partners of the batch come nearer than the right one less a margin. 0"
              + " says that none is within the margin.";
      default ->
          "No start value of the loss is known for this method. A loss that falls does not say that"
              + " something is learnt: look at neighbours and monitors.";
    };
  }

  private static LossMeaning judgedPairs() {
    return unlevelled(
        "Every image and every caption of the batch are judged alone: partners or not. The bias"
            + " starts so low that at first only true partners cost, about minus the bias each.");
  }

  private static LossMeaning pairs(double batch) {
    return guess(
        batch,
        "%.0f".formatted(batch),
        "Every image has to find its caption among the B of the batch, and every caption its"
            + " image.");
  }

  private static LossMeaning pairsAndViews(Story story, double batch) {
    double scale = story.number("method", "sslScale");
    return new LossMeaning(
        level(Math.log(batch) + scale * Math.log(2 * batch - 1)),
        "ln(%1$.0f) + %2$s · ln(2·%1$.0f − 1)".formatted(batch, Units.number(scale)),
        SLIP + " A network to which all look alike guesses in both.");
  }

  private static LossMeaning nextToken(Story story) {
    double tokens =
        story
            .file()
            .anchors()
            .map(anchors -> anchors.captions().getOrDefault("vocabularySize", Double.NaN))
            .orElse(Double.NaN);
    return guess(
        tokens, "%.0f".formatted(tokens), "The next token of the caption has to be guessed.");
  }

  private static LossMeaning teacherPairs(double factor, double batch) {
    return new LossMeaning(
        level(factor * Math.log(batch)),
        "%s · ln(%.0f)".formatted(Units.number(factor), batch),
        "Two predictions have to find the teacher's view of their image among the B of the batch;"
            + " each counts 2 · temperature. A network to which all look alike pays ln(B) for"
            + " each.");
  }

  private static LossMeaning prototypes(double number) {
    return guess(
        number,
        "%.0f".formatted(number),
        "Every crop has to say which prototype another crop of its image is assigned to. The level"
            + " is ln of your prototypes: a loss that stays there has learnt nothing. It cannot"
            + " fall below the entropy of the targets.");
  }

  /** One of so many candidates has to be found. */
  private static LossMeaning guess(double candidates, String number, String asked) {
    OptionalDouble level = level(Math.log(candidates));
    return level.isEmpty()
        ? unlevelled(asked)
        : new LossMeaning(
            level,
            "ln(%s)".formatted(number),
            asked
                + " A network to which all %.0f look alike guesses, and pays the logarithm of their number."
                    .formatted(candidates));
  }

  private static LossMeaning unlevelled(String words) {
    return new LossMeaning(OptionalDouble.empty(), "", words);
  }

  private static OptionalDouble level(double height) {
    return Double.isFinite(height) ? OptionalDouble.of(height) : OptionalDouble.empty();
  }
}
