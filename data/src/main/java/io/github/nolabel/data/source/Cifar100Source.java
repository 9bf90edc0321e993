package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code cifar100:PATH}: the binary version of CIFAR-100. */
public final class Cifar100Source implements SourceProvider {

  @Override
  public String name() {
    return "cifar100";
  }

  @Override
  public String usage() {
    return "cifar100:PATH[?labels=fine|coarse]";
  }

  @Override
  public String summary() {
    return "CIFAR-100, binary version: the folder with train.bin, or its .tar.gz; 100 fine or 20"
        + " coarse labels";
  }

  @Override
  public List<String> keys() {
    return List.of("labels");
  }

  @Override
  public boolean recognises(Path path) {
    return Files.exists(path.resolve("train.bin")) && Files.exists(path.resolve("test.bin"));
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    CifarFormat format =
        switch (address.option("labels").orElse("fine")) {
          case "fine" -> CifarFormat.CIFAR100_FINE;
          case "coarse" -> CifarFormat.CIFAR100_COARSE;
          default ->
              throw new UserMistake(
                  "Data source '%s': labels is 'fine' or 'coarse', got '%s'."
                      .formatted(address.text(), address.option("labels").orElseThrow()));
        };
    return new CifarFiles(address, format, NamedFiles.read(address, CifarSources.names(format)))
        .split();
  }
}
