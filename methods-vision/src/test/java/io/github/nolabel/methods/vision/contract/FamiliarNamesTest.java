package io.github.nolabel.methods.vision.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.method.Methods;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of the Python library AK_SSL type is understood. */
class FamiliarNamesTest {

  @ParameterizedTest
  @CsvSource({
    "barlow-twins, projection_dim hidden_dim lambda_param",
    "byol, projection_dim hidden_dim moving_average_decay",
    "dino, projection_dim hidden_dim bottleneck_dim temp_student temp_teacher",
    "dino, projection_num_layers norm_last_layer momentum_teacher",
    "dino, num_crops use_bn_in_head center_momentum",
    "moco-v2, projection_dim K m temperature",
    "moco-v3, projection_dim hidden_dim moving_average_decay temperature",
    "simclr, projection_dim projection_num_layers projection_batch_norm temperature",
    "simsiam, projection_dim projection_hidden_dim prediction_hidden_dim eps",
    "swav, projection_dim hidden_dim epsilon sinkhorn_iterations num_prototypes",
    "swav, queue_length use_the_queue num_crops temperature"
  })
  void everyNameIsAnOption(String method, String names) {
    List<String> known =
        RecordOptions.options(Methods.all().require(method).defaults()).stream()
            .flatMap(FamiliarNamesTest::names)
            .map(FamiliarNamesTest::fold)
            .toList();
    String all = names + " color_jitter_strength use_blur";
    assertThat(known).containsAll(Stream.of(all.split(" ")).map(FamiliarNamesTest::fold).toList());
  }

  private static Stream<String> names(OptionInfo option) {
    return Stream.concat(Stream.of(option.name()), option.aliases().stream());
  }

  private static String fold(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
