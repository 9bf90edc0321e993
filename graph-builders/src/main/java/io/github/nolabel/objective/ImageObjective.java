package io.github.nolabel.objective;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.Backbone;
import java.util.List;

/**
 * An objective that trains one backbone for images; the backbone is what it evaluates and exports.
 */
public interface ImageObjective extends Objective {

  Backbone backbone();

  /** The scopes that hold a trained backbone, the one to be exported first. */
  default List<String> networks() {
    return List.of("student");
  }

  @Override
  default List<Cut> cuts() {
    return networks().stream()
        .map(scope -> new Cut(BackboneExporter.BACKBONE, scope, backbone()))
        .toList();
  }

  /** A further cut, of the network that is exported first. */
  default Cut cut(String name, Fragment network) {
    return new Cut(name, networks().get(0), network);
  }
}
