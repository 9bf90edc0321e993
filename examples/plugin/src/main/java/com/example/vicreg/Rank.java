package com.example.vicreg;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.JoinedImages;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.protocol.Examination;
import io.github.nolabel.runs.protocol.Protocol;
import io.github.nolabel.runs.protocol.Report;
import io.github.nolabel.runs.watch.EffectiveRank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Registers an evaluation protocol: how many directions features of held-out images make use of. */
public final class Rank implements Protocol<Rank.Options> {

  /** Its own options: {@code --set images=100}. */
  public record Options(@Option(value = "Most images", min = 2, max = 4096) int images) {
  }

  @Override
  public String name() {
    return "rank";
  }

  @Override
  public String summary() {
    return "the effective rank of features of held-out images (RankMe, Garrido et al. 2023)";
  }

  @Override
  public Options defaults() {
    return new Options(512);
  }

  @Override
  public Report ask(Examination examination, Options options) {
    ImageDataset all = examination.data().heldOut().images();
    int count = Math.min(options.images(), all.size());
    ImageDataset images = JoinedImages.choose(all, IntStream.range(0, count).toArray());
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    List<Subject> networks = examination.networks().frozen();
    for (Subject network : networks) {
      double rank = EffectiveRank.of(features(network, images, examination));
      figures.put(network.name(), Map.of("effectiveRank", rank));
      lines.add(
          String.format(Locale.ROOT, "  effective rank %.2f  (%s)", rank, network.name()));
    }
    return Report.of(networks.get(0), Map.of("images", count), figures, lines);
  }

  private static FeatureMatrix features(
      Subject network, ImageDataset images, Examination examination) {
    Preprocessing seen = network.backbone().card().preprocessing();
    try (Embedder embedder =
        examination.runtime().embedder(network.backbone().model(), examination.device())) {
      return FeatureMatrix.embed(embedder, PreparedImages.of(images, seen).batches(64));
    }
  }
}
