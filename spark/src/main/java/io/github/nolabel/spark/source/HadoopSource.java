package io.github.nolabel.spark.source;

import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.util.List;

/** {@code hadoop:URI}: a folder of images on a file system that Hadoop knows. */
public final class HadoopSource implements SourceProvider {

  @Override
  public String name() {
    return "hadoop";
  }

  @Override
  public String usage() {
    return "hadoop:URI[?split=NAME]";
  }

  @Override
  public String summary() {
    return "Image files in a folder such as hdfs://host/photos or s3a://bucket/photos, else as"
        + " folder";
  }

  @Override
  public List<String> keys() {
    return List.of("split");
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    return HadoopClasses.needed(address, () -> HadoopFolder.read(address, context));
  }
}
