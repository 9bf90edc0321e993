package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.CentredTargetOptions;
import io.github.nolabel.recipe.MultiCropOptions;
import io.github.nolabel.recipe.PrototypeHeadOptions;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of DINO (Caron et al. 2021, arXiv 2104.14294). */
public record DinoConfig(
    PrototypeHeadOptions head,
    @Option.Epochs("Epochs at first that leave the prototypes alone") double freezeLastLayerEpochs,
    @Option.Temperature("Softmax temperature of the student") double tempStudent,
    CentredTargetOptions targets,
    TeacherOptions teacher,
    MultiCropOptions crops,
    ViewOptions views) {

  public static final DinoConfig DEFAULTS =
      new DinoConfig(
          new PrototypeHeadOptions(65536, 2048, 256, 3, false, true),
          1,
          0.1,
          new CentredTargetOptions(0.07, 0.04, 30, 0.9),
          new TeacherOptions(0.996, 1),
          new MultiCropOptions(8, 0, 0.05, 0.4),
          ViewOptions.BICUBIC.croppedFrom(0.4));

  public static final MethodRow<DinoConfig> METHOD =
      MethodRow.of(
              "dino",
              "DINO (Caron et al. 2021): crops match a centred, sharpened teacher without labels",
              DEFAULTS,
              DinoObjective.class)
          .withRunDefaults(
              "optimizer.weightDecay=0.04 optimizer.weightDecayEnd=0.4"
                  + " optimizer.decayEmbeddings=true optimizer.clipNorm=3 optimizer.clipEach=true");
}
