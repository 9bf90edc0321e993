package io.github.nolabel.data.source;

import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code cifar10:PATH}: the binary version of CIFAR-10. */
public final class Cifar10Source implements SourceProvider {

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String usage() {
    return "cifar10:PATH";
  }

  @Override
  public String summary() {
    return "CIFAR-10, binary version: the folder with data_batch_1.bin, or its .tar.gz";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public boolean recognises(Path path) {
    return Files.exists(path.resolve("data_batch_1.bin"));
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    CifarFormat format = CifarFormat.CIFAR10;
    return new CifarFiles(address, format, NamedFiles.read(address, CifarSources.names(format)))
        .split();
  }
}
